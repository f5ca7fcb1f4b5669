"""Why a word of a line means nothing, and what may have been meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from typing import NoReturn

from zz110_tui.config.rulebook import CORE_DISPOSITIONS
from zz110_tui.core.refusals import Refusal
from zz110_tui.core.terms import incident_no, report_no, subject_no
from zz110_tui.language.ask import Ask
from zz110_tui.language.matterwords import subject_of
from zz110_tui.language.names import Named, typed
from zz110_tui.language.parsed import Choice
from zz110_tui.language.unitwords import no_such_unit
from zz110_tui.language.verb import Kind, Slot

MOST_NEAR = 5
_REPORT = re.compile(r"[rR]([0-9]{1,9})")
_DIGITS = re.compile(r"#?([0-9]{1,9})")
_MANY = re.compile(r"[\w-]+([,、~-][\w-]+)+")

_EXPECTED: dict[Kind, tuple[str, str]] = {
    Kind.PRIORITY: ("级别写 1 到 4", "a priority is 1 to 4"),
    Kind.UNTIL: ("时间写 10m、1h 或 14:30", "write a time as 10m, 1h or 14:30"),
    Kind.PLACE: ("地点写在 @ 后，不超过 200 字；不知道写 @~不详", "a place follows @; if nobody knows, @~unknown"),
    Kind.POST: ("没有这个停靠点", "there is no such post"),
    Kind.SATISFIED: ("写 满意 或 不满意", "write yes or no"),
    Kind.CHANNEL: ("没有这种报警方式，如 phone、wechat", "there is no such channel; such as phone, wechat"),
    Kind.ALARM: ("没有这样的警报", "there is no such alarm"),
    Kind.PACE: ("写 步行、骑车 或 驾车", "write foot, bike or car"),
    Kind.METRES: ("半径写 800 或 800m，200 到 10000 米", "write a radius as 800m, from 200 to 10000 metres"),
    Kind.PAST: ("时间写 14:02、14:02:30 或 11-25T14:02", "write a time as 14:02, 14:02:30 or 11-25T14:02"),
    Kind.SEAT: ("写席位号，如 03", "write the desk's number, such as 03"),
    Kind.FLAG: ("写 yes 或 no", "write yes or no"),
    Kind.MATTER: ("没有这件事务，编号如 t12、m3", "there is no such matter; its number is like t12 or m3"),
    Kind.CHOICE: ("没有这个种类", "there is no such kind"),
    Kind.DESKS: ("没有这个席位", "there is no such desk"),
    Kind.SQUAD: ("班名写在前，如 一班", "a squad's name has a letter, such as squad1"),
    Kind.COUNT: ("写数目，如 2", "write a number, such as 2"),
}


def no_value(ask: Ask, slot: Slot) -> NoReturn:
    """Stop at a field with nothing after it."""
    zh, en = _EXPECTED.get(slot.kind, (f"{slot.field}= 后写什么？", f"what follows {slot.field}=?"))
    ask.missing(zh, en)


def no_meaning(ask: Ask, position: int, word: str, slots: Sequence[Slot]) -> NoReturn:
    """Stop at a word that fits none of these slots; with one slot, because the word named its field."""
    kinds = {slot.kind for slot in slots}
    _unknown_number(ask, word, kinds)
    for kind, table, code, value in (
        (Kind.TYPE, ask.scene.rules.types, "no_such_type", "type"),
        (Kind.DISPOSITION, ask.scene.rules.dispositions, "no_such_disposition", "disposition"),
        (Kind.RECEIVER, ask.scene.rules.receivers, "no_such_receiver", "receiver"),
    ):
        if kind in kinds:
            _unknown_name(ask, position, word, table, Refusal(code, ((value, word),)), with_place=Kind.PLACE in kinds)
    expected = [
        slot.kind for slot in slots if slot.kind in _EXPECTED and (slot.kind is not Kind.PLACE or len(slots) == 1)
    ]
    if expected:
        zh, en = _EXPECTED[expected[0]]
        ask.wrong(f"“{word}”：{zh}", f"“{word}”: {en}")
    ask.wrong(
        f"不认识“{word}”", f"“{word}” means nothing here", f"? {ask.verb.short} 看写法", f"? {ask.verb.short} shows how"
    )


def _unknown_number(ask: Ask, word: str, kinds: set[Kind]) -> None:
    matter = subject_of(word) if Kind.MATTER in kinds else None
    if matter is not None:
        refuse(ask, Refusal("no_such_matter", (("matter", subject_no(matter)),)))
    report = _REPORT.fullmatch(word)
    if report and Kind.REPORT in kinds:
        refuse(ask, Refusal("no_such_report", (("report", report_no(int(report[1]))),)))
    takes_units = bool(kinds & {Kind.UNITS, Kind.UNIT})
    if takes_units and (_MANY.fullmatch(word) or Kind.INCIDENT not in kinds):
        unit = no_such_unit(word, ask.scene)
        if unit and (unit.isdecimal() or not kinds - {Kind.UNITS, Kind.UNIT}):
            refuse(ask, Refusal("no_such_unit", (("unit", unit),)))
    digits = _DIGITS.fullmatch(word)
    if digits and Kind.INCIDENT in kinds:
        number = incident_no(int(digits[1]))
        if takes_units and len(digits[1]) < 4:
            ask.wrong(
                f"没有警力或在办警情 {word}", f"there is neither a unit nor a live incident {word}",
                "看警力板和警情表，或用 find", "see the unit board and the incidents, or use find",
            )  # fmt: skip
        refuse(ask, Refusal("no_such_incident", (("incident", number),)))
    if digits and Kind.REPORT in kinds and Kind.INCIDENT not in kinds:
        refuse(ask, Refusal("no_such_report", (("report", report_no(int(digits[1]))),)))


def _unknown_name(
    ask: Ask, position: int, word: str, table: Mapping[str, Named], no: Refusal, *, with_place: bool
) -> NoReturn:
    choices = [
        Choice(ask.line.with_word(position, typed(entry, ask.scene.language)), entry.words.in_(ask.scene.language))
        for entry in _near(word, table)
    ]
    if with_place and not word.startswith("@"):
        choices.append(Choice(ask.line.with_word(position, f"@{word}"), ask.say(f"地点：{word}", f"the place {word}")))
    language = ask.scene.language
    sentence, remedy = no.sentence(language), no.remedy(language)
    ask.wrong(sentence, sentence, remedy, remedy, choices)


def _near(word: str, table: Mapping[str, Named]) -> list[Named]:
    """Entries whose name looks or begins like the word, the nearest first."""
    names: dict[str, Named] = {}
    for entry in table.values():
        if entry.code not in CORE_DISPOSITIONS:
            for name in (entry.words.zh, entry.words.en, entry.code, *entry.aliases):
                names.setdefault(name.casefold(), entry)
    folded = word.casefold()[:40]
    close = difflib.get_close_matches(folded, names, MOST_NEAR, 0.5)
    shares = [name for name in names if not name.isascii() and set(name) & set(folded)] if not close else []
    return list({names[name].code: names[name] for name in (*close, *shares)}.values())[:MOST_NEAR]


def refuse(ask: Ask, no: Refusal) -> NoReturn:
    """Stop with one of the core's own sentences."""
    language = ask.scene.language
    sentence, remedy = no.sentence(language), no.remedy(language)
    ask.wrong(sentence, sentence, remedy, remedy)


def no_room(ask: Ask, words: Sequence[str]) -> NoReturn:
    """Stop where each word means something, but not all of them together."""
    said = "、".join(f"“{word}”" for word in words)
    ask.wrong(
        f"{said} 不能一起用在 {ask.verb.short}", f"{said} do not go together with {ask.verb.short}",
        f"用 u= i= 写明，或 ? {ask.verb.short}", f"say which is which with u= and i=, or see ? {ask.verb.short}",
    )  # fmt: skip


def unknown_field(ask: Ask, name: str) -> NoReturn:
    fields = [f"{slot.field}=" for slot in ask.verb.slots]
    known = "、".join(fields) or ask.say("没有", "none")
    ask.wrong(
        f"{ask.verb.short} 没有 {name}", f"{ask.verb.short} has no {name}", f"可用：{known}", f"it takes: {known}"
    )
