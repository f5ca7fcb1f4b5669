"""Write docs/life-of-a-call.md and its Chinese twin from the tables of legal moves. Run it after the tables changed; a
test says when."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from zz110_tui.core.incidents import WORKING, IncidentStage
from zz110_tui.core.rulebook import Words
from zz110_tui.core.terms import TERMS, term
from zz110_tui.core.transitions import ASSIGNMENT, INCIDENT, REPORT, UNIT, IncidentMove
from zz110_tui.core.transitions_matters import BOLO, ERRAND, LEDGER, MESSAGE, SUPPORT, WARNING

DOCS = Path(__file__).resolve().parents[1] / "docs"
TARGETS = {"en": DOCS / "life-of-a-call.md", "zh": DOCS / "life-of-a-call.zh-CN.md"}

HEAD = Words(
    """# 一起警情的经过：核心允许的每一步

[English](life-of-a-call.md) | 中文

由 `tools/draw_transitions.py` 按 `zz110_tui/core/transitions.py` 和 `transitions_matters.py` 中的表画出。
图上没有的一步，核心一律拒绝。
警情从“已派”到“到场”各阶段，取走得最远的那个警力的；最后一个警力没有处毕就离开时，警情回到“待派”。
""",
    """# The life of a call, as the core allows it

English | [中文](life-of-a-call.zh-CN.md)

Drawn from the tables in `zz110_tui/core/transitions.py` and `transitions_matters.py` by `tools/draw_transitions.py`.
What is not here is refused.
The stages `dispatched` to `on_scene` of an incident are those of its furthest unit; when its last unit leaves without
clearing, it is `queued` again.
""",
)

CHARTS: tuple[tuple[Words, Mapping[Any, Any]], ...] = (
    (Words("接警单", "A report (接警单)"), REPORT),
    (Words("警情", "An incident (警情)"), INCIDENT),
    (Words("派警：一个警力在一起警情上", "An assignment (派警)"), ASSIGNMENT),
    (Words("未办警情的警力", "A unit on no incident (警力)"), UNIT),
    (Words("消息", "A message (消息)"), MESSAGE),
    (Words("指令：一个警力的那一份", "A unit's part of an order (指令)"), ERRAND),
    (Words("预警", "A warning (预警)"), WARNING),
    (Words("布控", "A watch notice (布控)"), BOLO),
    (Words("支撑请求", "A support request (支撑请求)"), SUPPORT),
    (Words("台账", "A ledger entry (台账)"), LEDGER),
)

MOVES = {
    "accept": "受理",
    "activate": "续派生效",
    "answer": "接起",
    "arrive": "到场",
    "assign": "交办",
    "breaks": "回访：反复",
    "call_back": "回访",
    "check": "现场核查",
    "clear": "处毕",
    "close": "办结",
    "come_on": "上勤",
    "decline": "不予支撑",
    "end": "了结",
    "expire": "到期",
    "fall_out": "停用",
    "feed_back": "反馈",
    "finish": "直接了结",
    "ErrandMove.finish": "完成",
    "go_off": "下勤",
    "handle": "处毕",
    "holds": "回访：稳定",
    "link": "并入另一警情",
    "provide": "提供支撑",
    "read": "一人已读",
    "read_by_all": "全部已读",
    "reopen": "重开",
    "return": "恢复可用",
    "set_out": "出警",
    "settle": "化解",
    "sight": "发现",
    "sign": "签收",
    "split": "拆分",
    "supervise": "督导",
    "transfer": "移交",
    "withdraw": "撤回",
}
"""What the Chinese page calls a move, of one kind where the kind stands before it; the English one shows its name."""


def _chart(title: Words, table: Mapping[tuple[Any, Any], Any], language: str) -> str:
    stages: type[StrEnum] = type(next(iter(table.values())))
    words = ", ".join(f"`{value}` {words.zh}" for value, words in TERMS[stages].items())
    lines = [f"## {title.in_(language)}", "", words, "", "```mermaid", "stateDiagram-v2"]
    if language == "zh":
        drawn = dict.fromkeys(stage for (before, _), after in table.items() for stage in (before, after))
        lines += [f'    state "{term(stage, "zh")}" as {stage.value}' for stage in drawn]
    for (stage, move), then in table.items():
        if move is not IncidentMove.WORK:
            label = MOVES.get(f"{type(move).__name__}.{move}", MOVES[move]) if language == "zh" else move
            lines.append(f"    {stage.value} --> {then.value}: {label}")
    if stages is IncidentStage:
        work, leave = Words("派警、报告", "work"), Words("最后一个警力离开", "the last unit leaves")
        for stage in WORKING:
            lines.append(f"    queued --> {stage.value}: {work.in_(language)}")
            lines.append(f"    {stage.value} --> queued: {leave.in_(language)}")
    return "\n".join([*lines, "```", ""])


def document(language: str = "en") -> str:
    return "\n".join([HEAD.in_(language), *(_chart(title, table, language) for title, table in CHARTS)])


if __name__ == "__main__":
    for _language, _target in TARGETS.items():
        _target.write_text(document(_language), encoding="utf-8")
