"""The verbs of questions and checklists, beside the table in ``language.verbs`` that they are part of."""

from __future__ import annotations

from zz110_tui.core.rulebook import Words
from zz110_tui.language.verb import Fits, Group, Kind, Slot, Text, Verb

_ABOUT = Slot("i", Kind.INCIDENT, fits=Fits.LIVE, least_digits=3)
"""A short number is a question or a step; an incident takes three digits, or ``i=``."""

INTAKE = (
    Verb(
        "question", "q", "question", "问", "wen", Group.INTAKE,
        Words("记下问询答复：下一问，或写明问号", "write down an answer: to the next question, or to the one numbered"),
        (Slot("n", Kind.NUMBER), Slot("v", Kind.REPLY), _ABOUT), Text.MAY, ("答", "da"),
        ("q y 142", "q 4 n i=142", "q 142 / 北门花坛边", "q 4 y 142 / 水果刀", "q 2 skip 142", "问 4 不详 142"),
    ),
    Verb(
        "step", "st", "step", "步骤", "buzhou", Group.INTAKE,
        Words("勾处置清单的步骤，u= 写明谁做的，done=no 取消", "tick steps; u= who did them, done=no unticks"),
        (
            Slot("n", Kind.NUMBERS, wanted=True), _ABOUT,
            Slot("u", Kind.UNIT, bare=False), Slot("done", Kind.FLAG, bare=False),
        ),
        Text.NONE, ("勾", "gou"),
        ("st 2 142", "st 1,3 142", "st * i=142", "st 2 142 u=07", "步骤 1-3 142"),
    ),
    Verb(
        "attach", "att", "attach", "附件", "fujian", Group.INTAKE,
        Words("附上照片或视频流的网址，文字写它是什么", "put the address of a photo or a stream to a slip or a call"),
        (
            Slot("i", Kind.INCIDENT, fits=Fits.LIVE), Slot("r", Kind.REPORT),
            Slot("url", Kind.RAW, wanted=True, bare=False),
        ),
        Text.MAY, (),
        ("att 142 url=https://media.example/7.jpg / 现场照片", "att r17 url=https://media.example/cam/3"),
    ),
    Verb(
        "weigh", "wt", "weigh", "定级", "dingji", Group.INTAKE,
        Words("采纳答复建议的级别", "take over the priority that the answers propose"),
        (Slot("i", Kind.INCIDENT, fits=Fits.LIVE),), examples=("wt 142",),
    ),
    Verb(
        "instruct", "ins", "instruct", "警令", "jingling", Group.INTAKE,
        Words("发重大警情指令：按类别填好，发给在办警力", "send the instruction for the type, filled from the slip"),
        (Slot("i", Kind.INCIDENT, wanted=True, fits=Fits.LIVE), Slot("u", Kind.UNITS, bare=False)),
        Text.MAY, ("重大指令", "zdzl"), ("ins 140", "ins 140 u=06 / 增援已出发"),
    ),
)  # fmt: skip
