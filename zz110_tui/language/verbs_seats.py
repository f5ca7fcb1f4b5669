"""The verbs of seats, of personal data, and of paper slips. Rows of THE table in ``language.verbs``."""

from __future__ import annotations

from zz110_tui.core.rulebook import Words
from zz110_tui.language.verb import Group, Kind, Slot, Text, Verb

_CATCHING_UP = (
    Verb(
        "catch_up", "cu", "catchup", "补录", "bulu", Group.TAKING,
        Words(
            "补录纸单：类别、地点和各步的原来时间 rcv= dis= arr= clr=",
            "enter a paper slip with its own times: rcv= dis= arr= clr=",
        ),
        (
            Slot("t", Kind.TYPE, wanted=True), Slot("at", Kind.PLACE, wanted=True), Slot("u", Kind.UNITS),
            Slot("d", Kind.DISPOSITION), Slot("p", Kind.PRIORITY),
            Slot("rcv", Kind.PAST, wanted=True, bare=False), Slot("dis", Kind.PAST, bare=False),
            Slot("arr", Kind.PAST, bare=False), Slot("clr", Kind.PAST, bare=False),
            Slot("pn", Kind.RAW, bare=False), Slot("ch", Kind.CHANNEL, bare=False),
            Slot("c", Kind.RAW, bare=False), Slot("tel", Kind.RAW, bare=False),
        ),
        Text.MAY, (),
        (
            "cu 打架 @F7 rcv=14:02 dis=14:03 arr=14:08 clr=14:31 3 调解 pn=A-17 / 双方和解",
            "cu 盗窃 @G7 rcv=14:10", "补录 打架 @F7 接报=14:02",
        ),
    ),
)  # fmt: skip

SEATS = (
    *_CATCHING_UP,
    Verb(
        "lock", "lo", "lock", "锁屏", "suoping", Group.ROOM,
        Words("锁住本席位", "lock this desk"), examples=("lock",),
    ),
    Verb(
        "unlock", "ul", "unlock", "解锁", "jiesuo", Group.ROOM,
        Words("解锁本席位，限锁屏者本人", "unlock this desk; for who locked it"), examples=("unlock",),
    ),
    Verb(
        "free_desk", "fr", "free-desk", "释放席位", "shifangxiwei", Group.ROOM,
        Words("指挥席位释放已锁的席位，要写理由", "a supervisor frees a locked seat, with the reason"),
        (Slot("seat", Kind.SEAT, wanted=True),), Text.MUST, ("free", "释放", "shifang"), ("free 03 / 本人已离岗",),
    ),
    Verb(
        "hand_over", "ho", "handover", "交接", "jiaojie", Group.ROOM,
        Words("交接班：写接班人，/ 后写交代的话", "hand this desk over: to whom, and the notes after /"),
        (Slot("sb", Kind.PERSON),), Text.MAY, ("交接班", "jiaojieban"),
        ("ho 王 / 0142 等法医，报警人在北门", "ho / 对讲三频道有杂音"),
    ),
    Verb(
        "read_notes", "rh", "read-handover", "交接已阅", "jiaojieyiyue", Group.ROOM,
        Words("交接的话已阅", "the hand-over notes are read"), examples=("rh",),
    ),
    Verb(
        "unmask", "um", "unmask", "明文", "mingwen", Group.ROOM,
        Words("查看报警人资料原文，要写理由，记录在案", "see a caller's data as they are; the reason is recorded"),
        (Slot("r", Kind.REPORT), Slot("i", Kind.INCIDENT)), Text.MUST, ("看明文", "kanmingwen"),
        ("um r17 / 回拨核实地址", "um 142 / 联系报警人"),
    ),
)  # fmt: skip
