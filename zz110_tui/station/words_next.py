"""What usually comes next after a line was done, in words; part of the table in ``station.words``."""

from __future__ import annotations

from zz110_tui.core.rulebook import Words

NEXT: dict[str, Words] = {
    "next_opened": Words("{name} 派首选", "{name} sends the first"),
    "next_assigned": Words(
        "接着 ack {u} 签收  er {u} 出警  os {u} 到场", "next: ack {u} signed, er {u} going, os {u} there"
    ),
    "next_signed": Words("接着 er {u} 出警  os {u} 到场", "next: er {u} going, os {u} there"),
    "next_en_route": Words("接着 os {u} 到场", "next: os {u} there"),
    "next_received": Words("接着 {name} 接起", "next: {name} answers"),
    "next_one_leaves": Words(
        "接着 cl {u} 处毕离开（{others} 还在，最后离开的写处置结果）",
        "next: cl {u} leaves ({others} stay; the last one says how it ended)",
    ),
    "next_still_there": Words(
        "{n} 还有 {others}：接着 cl {others} 写处置结果",
        "{n} still has {others}: next cl {others} and how it ended",
    ),
    "next_still_coming": Words(
        "{n} 还有 {others} 没到：os {others} 到场，或 av {others} 撤回",
        "{n} still has {others} coming: os {others} there, or av {others} stands down",
    ),
    "next_waits_again": Words(
        "{n} 回到待派：{name} 再派；不必再去 can {n} / 理由",
        "{n} waits again: {name} sends; where nobody is needed, can {n} / why",
    ),
    "next_on_scene": Words("接着 cl {u} 列出处置结果", "next: cl {u} lists how it may have ended"),
    "next_handled": Words("接着 fb {n} 反馈", "next: fb {n} feedback"),
    "next_fed_back": Words("接着 cb {n} 满意 回访，或 close {n} 办结", "next: cb {n} yes call-back, or close {n}"),
    "next_called_back": Words("接着 close {n} 办结", "next: close {n}"),
    "next_answered": Words(
        "接着 n 类别 @地点 / 情况 立警情；同一件事 lk 警情号",
        "next: n TYPE @PLACE / what the caller says; the same thing: lk NUMBER",
    ),
}
