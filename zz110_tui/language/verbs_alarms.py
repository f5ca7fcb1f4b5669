"""The verbs about alarms: taken, shelved, cleared. Rows of THE table in ``language.verbs``."""

from __future__ import annotations

from zz110_tui.core.rulebook import Words
from zz110_tui.language.verb import Group, Kind, Slot, Text, Verb

_ALARM = Slot("al", Kind.ALARM)

ALARMS = (
    Verb(
        "emergency", "sos", "emergency", "紧急", "jinji", Group.ROOM,
        Words("警力紧急求助", "a unit's emergency button"), (Slot("u", Kind.UNIT, wanted=True),), examples=("sos 07",),
    ),
    Verb(
        "take", "tk", "take", "认领", "renling", Group.ROOM,
        Words("认领最急的警报，或指明的", "take the most urgent alarm, or the one named"),
        (_ALARM,), examples=("take", "take 142"),
    ),
    Verb(
        "clear_alarm", "clr", "clear-alarm", "清警报", "qingjingbao", Group.ROOM,
        Words("清除紧急求助，要写理由", "clear an emergency alarm on purpose, with the reason"),
        (_ALARM,), Text.MUST, (), ("clr 07 / 已联系，误触",),
    ),
    Verb(
        "shelve", "shv", "shelve", "搁置", "gezhi", Group.ROOM,
        Words(
            "搁置警报一段时间，要写理由；到时或变严重自行返回",
            "shelve an alarm for a time, with the reason; it comes back by itself, or when it gets worse",
        ),
        (_ALARM, Slot("until", Kind.UNTIL)), Text.MUST, ("搁置警报", "gezhijingbao"),
        ("shelve 142 10m / 报警人已离开，等回电", "shv 142 / 已知情", "搁置 142 15m / 等家属"),
    ),
    Verb(
        "unshelve", "ush", "unshelve", "取回", "quhui", Group.ROOM,
        Words("取回搁置的警报", "take an alarm back from the shelf"),
        (_ALARM,), Text.NONE, ("取回警报", "quhuijingbao"), ("unshelve", "ush 142"),
    ),
)  # fmt: skip
