"""How a verb is written, from its row in the table."""

from __future__ import annotations

from zz110_tui.core.rulebook import Words
from zz110_tui.language.verb import Group, Kind, Slot, Text, Verb

SLOT_WORDS: dict[str, Words] = {
    "u": Words("警力", "unit"),
    "i": Words("警情", "incident"),
    "r": Words("r接警号", "rREPORT"),
    "at": Words("@地点", "@place"),
    "t": Words("类别", "type"),
    "p": Words("p=级别", "p=priority"),
    "d": Words("处置结果", "disposition"),
    "until": Words("时长或时刻", "span-or-time"),
    "ok": Words("满意/不满意", "yes/no"),
    "ch": Words("方式", "channel"),
    "c": Words("c=报警人", "c=caller"),
    "tel": Words("tel=电话", "tel=number"),
    "src": Words("src=来源编号", "src=id"),
    "stack": Words("stack=yes", "stack=yes"),
    "al": Words("警报", "alarm"),
    "no": Words("事务号", "matter"),
    "k": Words("种类", "kind"),
    "who": Words("who=谁", "who=who"),
    "case": Words("case=案号", "case=number"),
    "basis": Words("basis=依据", "basis=law"),
    "res": Words("res=yes/no", "res=yes/no"),
    "ct": Words("ct=人数", "ct=people"),
    "sq": Words("班", "squad"),
    "turns": Words("turns=每天轮数", "turns=a-day"),
    "q": Words("文字", "words"),
    "n": Words("号", "number"),
    "v": Words("y/n/dk/skip", "y/n/dk/skip"),
    "done": Words("done=no", "done=no"),
    "rcv": Words("rcv=接报时间", "rcv=time"),
    "dis": Words("dis=派警时间", "dis=time"),
    "arr": Words("arr=到场时间", "arr=time"),
    "clr": Words("clr=处毕时间", "clr=time"),
    "pn": Words("pn=纸单号", "pn=paper"),
    "sb": Words("接班人", "person"),
    "seat": Words("席位", "desk"),
    "by": Words("步行/骑车/驾车", "foot/bike/car"),
    "m": Words("半径", "radius"),
    "url": Words("url=网址", "url=address"),
    "or": Words("警力", "units"),
}
_TO: dict[Kind, Words] = {
    Kind.UNIT: Words("换上的警力", "arriving-unit"),
    Kind.INCIDENT: Words("并入的警情", "into-incident"),
    Kind.RECEIVER: Words("去向", "receiver"),
    Kind.POST: Words("停靠点", "post"),
    Kind.DESKS: Words("to=席位", "to=desks"),
}

GROUP_WORDS: dict[Group, Words] = {
    Group.TAKING: Words("接警", "Taking calls"),
    Group.INTAKE: Words("问询与清单", "Questions and checklists"),
    Group.SENDING: Words("派警", "Sending units"),
    Group.PROGRESS: Words("警力", "What units report"),
    Group.SLIP: Words("警情", "The slip"),
    Group.ENDING: Words("反馈与办结", "Feedback and closing"),
    Group.MATTERS: Words("消息、指令、预警、台账、勤务", "Messages, orders, warnings, ledger, roster"),
    Group.ROOM: Words("警报与撤销", "Alarms and undo"),
    Group.ASKING: Words("查询", "Asking"),
}


def slot_words(slot: Slot) -> Words:
    """What stands in a slot, as usage and help write it."""
    words = _TO[slot.kind] if slot.field == "to" else SLOT_WORDS[slot.field]
    if slot.kind is Kind.UNITS:
        words = Words(f"{words.zh}…", f"{words.en}…")
    if slot.bare or "=" in words.zh:
        return words
    return Words(f"{slot.field}={words.zh}", f"{slot.field}={words.en}")


def usage(verb: Verb, language: str) -> str:
    """``d [警力…] 警情 [stack=yes] [/ 文字]``: what may be left out is in brackets."""
    parts = [verb.short]
    for slot in verb.slots:
        words = slot_words(slot).in_(language)
        parts.append(words if slot.wanted else f"[{words}]")
    text = {"zh": "/ 文字"}.get(language, "/ text")
    if verb.text is not Text.NONE:
        parts.append(text if verb.text is Text.MUST else f"[{text}]")
    return " ".join(parts)
