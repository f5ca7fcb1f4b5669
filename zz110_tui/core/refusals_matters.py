"""The sentences of refusals about matters; ``refusals`` has the whole table."""

from __future__ import annotations

from zz110_tui.core.sentences import Sentence, no

MATTER_SENTENCES: dict[str, Sentence] = {
    "no_such_matter": no(
        "没有 {matter}", "there is no {matter}", "用 find 查找，或看事务列表", "use find, or see the list of matters"
    ),
    "matter_over": no(
        "{matter} 已是“{stage}”，不能再做这一步",
        "{matter} is “{stage}”: this step is not possible any more",
        "需要时另下一件；看经过用 show {matter}",
        "make a new one if need be; show {matter} tells what happened",
    ),
    "matter_step": no(
        "{matter} 现为“{stage}”，还到不了这一步",
        "{matter} is “{stage}”: this step is not possible now",
        "先做 {first} {matter}",
        "first do {first} {matter}",
    ),
    "errand_step": no(
        "{unit} 在 {matter} 现为“{stage}”，不能走这一步",
        "{unit} is “{stage}” on {matter}: this step is not possible",
        "未签收的先 ack {unit} {matter}；按错可 undo",
        "sign first with ack {unit} {matter}; undo takes back a slip of the finger",
    ),
    "not_on_order": no(
        "{unit} 不在指令 {matter} 上，或已完成",
        "{unit} is not on order {matter}, or has done its part",
        "看 show {matter}",
        "see show {matter}",
    ),
    "order_not_over": no(
        "指令 {matter} 还有 {others} 未完成，不能就此定结果",
        "{others} still works on order {matter}: it has no result yet",
        "只报完成不写结果；全部完成：cl {matter}",
        "report it without a result; to end it for all: cl {matter}",
    ),
    "result_missing": no(
        "合成作战指令 {matter} 没有写有无成果",
        "joint operations order {matter}: nothing said about a result",
        "写 res=yes 或 res=no，抓获人数 ct=",
        "write res=yes or res=no, and ct= people caught",
    ),
    "not_withdrawn": no(
        "{matter} 不能撤回",
        "{matter} cannot be called off",
        "刚发出的可 undo 撤销",
        "undo takes back what was just entered",
    ),
    "no_such_desk": no(
        "没有席位 {desk}", "there is no desk {desk}", "写在席的席位号，或 to=*", "name a desk of the room, or to=*"
    ),
    "no_reader_named": no(
        "没有写发给谁",
        "nobody is named to read it",
        "写警力呼号，或 to=席位号",
        "name units, or a desk with to=",
    ),
    "not_a_reader": no(
        "{matter} 不是发给 {reader} 的",
        "{matter} was not sent to {reader}",
        "看 show {matter} 的收件人",
        "see who it went to: show {matter}",
    ),
    "already_read": no(
        "{matter} 已由 {reader} 于 {at} 读过", "{reader} read {matter} at {at}", "不必再报", "nothing to do"
    ),
    "warrant_no_case": no("没有案件编号", "no case number is given", "写 case=案件编号", "write case=number"),
    "warrant_no_basis": no(
        "没有法律依据", "no legal basis is given", "写 basis=法律依据", "write basis=what allows it"
    ),
    "warrant_no_approver": no("没有批准人", "nobody approved it", "写 who=批准人", "write who=who approved it"),
    "warrant_no_end": no(
        "没有截止时间，最长 {days} 天",
        "no end is given; {days} days at most",
        "写 until=，如 until=7d",
        "write until=, such as until=7d",
    ),
    "bad_end": no(
        "截止时间要在今后 {days} 天之内",
        "the end has to be within the next {days} days",
        "写 until=30d 或 until=2026-12-31",
        "write until=30d or until=2026-12-31",
    ),
    "station_missing": no("没有写哪个单位请求", "no station is named", "写 who=派出所", "write who=station"),
    "holder_missing": no("没有写交办给谁", "nobody is named to deal with it", "写 who=责任单位", "write who=who"),
    "time_gone": no(
        "时间 {time} 已经过去",
        "{time} has passed already",
        "写今后的时间，如 until=2h",
        "name a time to come, such as until=2h",
    ),
    "bad_count": no("数目 {count} 不对", "{count} is no such number", "写合理的数目", "write a plausible number"),
    "no_such_squad": no(
        "没有班 {squad}", "there is no squad {squad}", "ros 班名 警力 编班", "ros NAME UNITS makes a squad"
    ),
    "no_roster": no("还没有编班", "there is no roster yet", "先 ros 班名 警力", "first ros NAME UNITS"),
    "on_already": no("{squad} 已在班", "{squad} is on already", "不必换班", "nothing to do"),
}
