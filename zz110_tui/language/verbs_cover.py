"""The verbs about the right unit and cover: recommendation, fill-in, sending together, rings. Rows of THE table."""

from __future__ import annotations

from zz110_tui.core.rulebook import Words
from zz110_tui.language.verb import Fits, Group, Kind, Slot, Text, Verb

_OPEN = Slot("i", Kind.INCIDENT, wanted=True, fits=Fits.OPEN)
_ANY = Slot("i", Kind.INCIDENT, fits=Fits.LIVE)
_PACE = Slot("by", Kind.PACE)
_METRES = Slot("m", Kind.METRES)

COVER_SENDING = (
    Verb(
        "together", "dt", "dispatch-all", "统派", "tongpai", Group.SENDING,
        Words("待派警情与空闲警力一起配，一步派出", "match all waiting incidents with free units, send in one step"),
        (), Text.NONE, ("dispatch-together",), ("dt",),
    ),
    Verb(
        "fill", "f", "fill", "补位", "buwei", Group.SENDING,
        Words("采纳补位建议；或指定警力和停靠点", "accept the proposed fill-in; or name the unit and the post"),
        (Slot("u", Kind.UNIT), Slot("to", Kind.POST)), Text.NONE, (), ("f", "fill 04 P06"),
    ),
    Verb(
        "seal", "wd", "seal", "围堵", "weidu", Group.SENDING,
        Words("围堵：守住出口，最后到的尽早", "close a ring: hold the ways out, the last of them as early as can be"),
        (_OPEN, _PACE, _METRES), Text.NONE, ("ring-close",), ("wd 142", "wd 142 by=car", "围堵 142 800米"),
    ),
)  # fmt: skip

COVER_ASKING = (
    Verb(
        "recommend", "rec", "recommend", "推荐", "tuijian", Group.ASKING,
        Words("可派的警力：到达、把握、在做什么、缺口", "who could be sent: arrival, chance, what they do, the hole"),
        (_OPEN,), examples=("rec 142", "推荐 142"),
    ),
    Verb(
        "why", "y", "why", "依据", "yiju", Group.ASKING,
        Words("一个警力的每个数字从何而来", "where each number of a candidate comes from"),
        (Slot("u", Kind.UNIT, wanted=True), _OPEN), examples=("why 07 142", "y 07"),
    ),
    Verb(
        "cover", "cv", "cover", "覆盖", "fugai", Group.ASKING,
        Words("各警区覆盖、空缺和补位建议", "the cover of each grid, the holes, and the proposed fill-in"),
        (), examples=("cv",),
    ),
    Verb(
        "ring", "rg", "ring", "快反圈", "kuaifanquan", Group.ASKING,
        Words("一个警力或停靠点 3、5、10 分钟能到哪里", "what a unit or a post reaches within 3, 5 and 10 minutes"),
        (Slot("u", Kind.UNIT), Slot("to", Kind.POST)), Text.NONE, ("圈层", "quanceng"), ("rg 07", "rg to=P06"),
    ),
    Verb(
        "what_if", "wi", "what-if", "如果", "ruguo", Group.ASKING,
        Words("两种做法，各推演后一小时 200 次，并排比", "two things to do now, the next hour 200 times after each"),
        (Slot("u", Kind.UNITS, wanted=True), _OPEN, Slot("or", Kind.UNITS, bare=False), Slot("to", Kind.POST)),
        Text.NONE, (), ("wi 3 7 142", "wi 3,5 142 or=7,9", "wi 3 142", "wi 142", "wi 4 P06", "wi 4 142 to=P06"),
    ),
    Verb(
        "area", "sa", "search-area", "搜索圈", "sousuoquan", Group.ASKING,
        Words("嫌疑人离开后可能到哪里，随时间扩大", "where a suspect may be since they left; it grows with time"),
        (_ANY, _PACE), examples=("sa 142", "sa 142 car"),
    ),
)  # fmt: skip
