"""For each kind of slot, how a word is read. One table, asked for bare words and for ``field=value`` alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from zz110_tui.config.rulebook import CORE_DISPOSITIONS
from zz110_tui.core.alarms import Alarm, SubjectKind, of_unit
from zz110_tui.core.incidents import LOWEST_PRIORITY, Channel, IncidentStage, ReportStage
from zz110_tui.core.intake import Reply
from zz110_tui.core.terms import incident_no, report_no, subject_no, term
from zz110_tui.language.line import unquoted
from zz110_tui.language.matterwords import read_choice, read_count, read_desks, read_matter, read_squad
from zz110_tui.language.names import Named, cached_index, typed
from zz110_tui.language.placewords import read_place, read_post
from zz110_tui.language.readers_seats import past, person, seat
from zz110_tui.language.reading import (
    FULL,
    UNFINISHED,
    Reading,
    incident_fits,
    numbered,
)
from zz110_tui.language.scene import Scene
from zz110_tui.language.unitwords import call_signs, read_unit, read_units
from zz110_tui.language.verb import Fits, Kind, Slot
from zz110_tui.language.words import incident_choice, report, waited

_NUMBER = re.compile(r"[0-9]{1,9}")
_DIGITS = re.compile(r"#?([0-9]{1,9})")
_REPORT = re.compile(r"[rR]([0-9]{1,9})")
_PRIORITY = re.compile(r"[!pP]([1-9])|([1-9])级")
_SPAN = re.compile(r"(\d{1,4})(s|sec|秒|m|min|分|分钟|h|小时|时|d|day|days|天)?")
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_CLOCK = re.compile(r"(\d{1,2})[:点时](\d{2})分?")
_SPAN_MS = {"s": 1000, "sec": 1000, "秒": 1000, "h": 3_600_000, "小时": 3_600_000, "时": 3_600_000} | dict.fromkeys(
    ("d", "day", "days", "天"), 86_400_000
)
_NO_REPORT = frozenset(("0", "new", "新"))
"""``r=new``: none of the reports that wait, but a new one."""
MINUTE_MS = 60_000
DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A word and where it stood. ``named``: it was given as ``field=value``, so nothing else can be meant.
    ``lone``: the verb has neither unit nor incident, so bare digits can only be a report."""

    word: str
    slot: Slot
    scene: Scene
    named: bool = False
    lone: bool = False


def read(asked: Asked) -> Reading | None:
    """What the word means in the slot, or None when nothing."""
    return _READERS[asked.slot.kind](asked)


def _incident(asked: Asked) -> Reading | None:
    scene, word = asked.scene, asked.word
    if word == ".":
        return _selected_incident(scene)
    incidents = scene.board.incidents
    if word == "^":
        live = [n for n, incident in incidents.items() if incident.stage is not IncidentStage.CLOSED]
        return Reading(max(live)) if live else None
    digits = _DIGITS.fullmatch(word)
    if digits and not asked.named and len(digits[1]) < asked.slot.least_digits:
        return None
    found = digits and numbered(digits[1], incidents, incident_fits(scene, asked.slot.fits))
    if not found:
        return None
    numbers, strength, beside = found
    if len(numbers) > 1:
        return Reading(
            strength=strength,
            beside=beside,
            among=tuple((incident_no(n), f"{incident_no(n)} {incident_choice(scene, incidents[n])}") for n in numbers),
        )
    return Reading(numbers[0], strength, beside)


def _selected_incident(scene: Scene) -> Reading | None:
    """``.``: the selected incident; of a selected report its own, of a selected unit the one it works on."""
    if scene.selected is None:
        return None
    if scene.selected.kind is SubjectKind.INCIDENT:
        number = selected_number(scene, SubjectKind.INCIDENT)
        return Reading(number) if number else None
    if scene.selected.kind is SubjectKind.REPORT:
        known = scene.board.reports.get(selected_number(scene, SubjectKind.REPORT))
        return Reading(known.incident, UNFINISHED) if known and known.incident else None
    unit = scene.board.units.get(scene.selected.id)
    return Reading(unit.incidents[0], UNFINISHED) if unit and unit.incidents else None


def selected_number(scene: Scene, kind: SubjectKind) -> int:
    """The number of the selected incident or report, 0 when something else is selected or nothing."""
    selected = scene.selected
    if selected is None or selected.kind is not kind or not _NUMBER.fullmatch(selected.id):
        return 0
    return int(selected.id)


def _report(asked: Asked) -> Reading | None:
    scene, word = asked.scene, asked.word
    reports = scene.board.reports

    def fits(number: int) -> bool:
        known = reports[number]
        return known.stage is not ReportStage.ENDED and (
            asked.slot.fits is not Fits.WAITING or known.stage is ReportStage.RECEIVED
        )

    if word == ".":
        chosen = selected_number(scene, SubjectKind.REPORT)
        return Reading(chosen) if chosen else None
    if word == "^" and asked.lone:
        newest = max((n for n in reports if fits(n)), default=0)
        return Reading(newest) if newest else None
    if asked.named and word.casefold() in _NO_REPORT:
        return Reading(0)
    digits = _REPORT.fullmatch(word) or ((asked.named or asked.lone) and _DIGITS.fullmatch(word))
    if not digits:
        return None
    number = int(digits[1])
    tails = [n for n in reports if n != number and fits(n) and str(n).endswith(digits[1])]
    if number in reports:
        if fits(number) or not tails:
            return Reading(number, FULL, not fits(number))
        tails.insert(0, number)
    if len(tails) > 1:
        return Reading(strength=UNFINISHED, among=tuple((report_no(n), report(scene, reports[n])) for n in tails))
    return Reading(tails[0], UNFINISHED) if tails else None


def _named(entries: Mapping[str, Named], without: tuple[str, ...], asked: Asked) -> Reading | None:
    """An entry of the rulebook by any of its names."""
    index = cached_index(entries)
    word = unquoted(asked.word)
    codes, strength = index.exact(word), FULL
    if not codes:
        codes, strength = index.unfinished(word), UNFINISHED
    codes = tuple(code for code in codes if code not in without)
    if len(codes) > 1:
        language = asked.scene.language
        found = [entries[code] for code in codes]
        return Reading(strength=UNFINISHED, among=tuple((typed(e, language), e.words.in_(language)) for e in found))
    return Reading(codes[0], strength) if codes else None


def _type(asked: Asked) -> Reading | None:
    return _named(asked.scene.rules.types, (), asked)


def _disposition(asked: Asked) -> Reading | None:
    return _named(asked.scene.rules.dispositions, CORE_DISPOSITIONS, asked)


def _receiver(asked: Asked) -> Reading | None:
    return _named(asked.scene.rules.receivers, (), asked)


def _priority(asked: Asked) -> Reading | None:
    marked = _PRIORITY.fullmatch(asked.word)
    number = (marked[1] or marked[2]) if marked else asked.word if asked.named else ""
    if not (number.isascii() and number.isdigit() and len(number) == 1):
        return None
    return Reading(int(number)) if 1 <= int(number) <= LOWEST_PRIORITY else None


def _until(asked: Asked) -> Reading | None:
    """A time (UTC ms): a span from now (``10m``, ``7d``; ``for=10`` is in minutes), the next ``14:30`` to come, or the
    end of a day (``2026-12-31``)."""
    scene, word = asked.scene, asked.word
    date = _DATE.fullmatch(word)
    if date:
        try:
            day = scene.local(scene.now).replace(year=int(date[1]), month=int(date[2]), day=int(date[3]))
        except ValueError:
            return None
        return Reading(round(day.replace(hour=23, minute=59, second=59, microsecond=0).timestamp() * 1000))
    clock = _CLOCK.fullmatch(word)
    if clock:
        hour, minute = int(clock[1]), int(clock[2])
        if hour > 23 or minute > 59:
            return None
        local = scene.local(scene.now)
        wanted = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
        at = round(wanted.timestamp() * 1000)
        return Reading(at if at > scene.now else at + DAY_MS)
    span = _SPAN.fullmatch(word)
    if span is None or not (span[2] or asked.named):
        return None
    return Reading(scene.now + int(span[1]) * _SPAN_MS.get(span[2] or "m", MINUTE_MS))


_YES = frozenset(("yes", "y", "1", "是", "满意", "satisfied", "my", "manyi"))
_NO = frozenset(("no", "n", "0", "否", "不满意", "unsatisfied", "dissatisfied", "bmy", "bumanyi"))
_SHORT = frozenset(("yes", "no", "y", "n", "1", "0", "是", "否"))


def _yes_or_no(asked: Asked) -> Reading | None:
    folded = asked.word.casefold()
    if folded in _SHORT and not asked.named and folded in ("1", "0"):
        return None  # a bare digit is an incident
    return Reading(folded in _YES) if folded in _YES or folded in _NO else None


def _channel(asked: Asked) -> Reading | None:
    folded = asked.word.casefold()
    for channel in Channel:
        if folded in (channel.value, term(channel, "zh").casefold(), term(channel, "en").casefold()):
            return Reading(channel)
    return None


def _alarm(asked: Asked) -> Reading | None:
    """A standing alarm by its key, or by the incident, report or unit it is about."""
    scene, word = asked.scene, asked.word
    alarms = scene.board.alarms
    if word in alarms:
        return Reading(word)
    keys = [alarm.key for alarm in alarms.values() if _is_about(scene, word, alarm)]
    if len(keys) > 1:
        return Reading(strength=UNFINISHED, among=tuple((key, alarm_words(scene, key)) for key in keys))
    return Reading(keys[0]) if keys else None


def _is_about(scene: Scene, word: str, alarm: Alarm) -> bool:
    if word == ".":
        return alarm.subject == scene.selected or (scene.selected is not None and scene.selected == of_unit(alarm.unit))
    subject = alarm.subject
    if subject.kind is SubjectKind.INCIDENT:
        digits = _DIGITS.fullmatch(word)
        if digits and numbered(digits[1], (int(subject.id),), lambda _: True):
            return True
    elif (subject.kind is SubjectKind.REPORT and word.casefold() == report_no(int(subject.id))) or (
        subject.kind is not SubjectKind.UNIT and word.casefold() == subject_no(subject)
    ):
        return True
    return bool(alarm.unit and call_signs(word, (alarm.unit,))[0])


def alarm_words(scene: Scene, key: str) -> str:
    """``待派超时 0141 1:55``."""
    alarm = scene.board.alarms[key]
    subject = alarm.subject
    name = term(subject.kind, scene.language) if subject.kind is SubjectKind.ROSTER else subject_no(subject)
    unit = f" {alarm.unit}" if alarm.unit and alarm.unit != subject.id else ""
    said = f"{term(alarm.kind, scene.language)} {name}{unit} {waited(scene, alarm.since)}"
    if alarm.shelf is None:
        return said
    return f"{said} {scene.say('搁置到', 'shelved until')} {scene.clock(alarm.shelf.until)}"


def _flag(asked: Asked) -> Reading | None:
    folded = asked.word.casefold()
    return Reading(folded in _YES) if folded in _SHORT else None


_REPLIES: dict[Reply, frozenset[str]] = {
    Reply.YES: frozenset(("y", "yes", "是", "有", "对", "会", "在", "shi", "you")),
    Reply.NO: frozenset(("n", "no", "否", "没有", "没", "无", "不是", "不", "fou", "meiyou", "wu")),
    Reply.UNKNOWN: frozenset(("dk", "unknown", "不详", "不清楚", "不知道", "buxiang", "bx")),
    Reply.SKIPPED: frozenset(("skip", "-", "跳过", "略", "tiaoguo", "tg")),
}


def _reply(asked: Asked) -> Reading | None:
    folded = asked.word.casefold()
    return next((Reading(reply) for reply, words in _REPLIES.items() if folded in words), None)


EVERY_NUMBER = 0
"""``*``: every step that is left."""
MOST_NUMBER = 40
_NUMBERS = re.compile(r"\d{1,2}(?:[-~]\d{1,2})?(?:[,、]\d{1,2}(?:[-~]\d{1,2})?)*")


def _question_number(asked: Asked) -> Reading | None:
    word = asked.word
    known = word.isascii() and word.isdecimal() and len(word) <= 2 and 0 < int(word) <= MOST_NUMBER
    return Reading(int(word)) if known else None


def _numbers(asked: Asked) -> Reading | None:
    """``2``, ``1,3``, ``1-3``, in the order written; ``*`` for all."""
    if asked.word == "*":
        return Reading((EVERY_NUMBER,))
    if not asked.word.isascii() or _NUMBERS.fullmatch(asked.word) is None:
        return None
    found: list[int] = []
    for part in re.split("[,、]", asked.word):
        first, _, last = part.replace("~", "-").partition("-")
        found += range(int(first), int(last or first) + 1)
    known = bool(found) and all(0 < number <= MOST_NUMBER for number in found)
    return Reading(tuple(dict.fromkeys(found))) if known else None


_PACES = {
    **dict.fromkeys(("foot", "walk", "步行", "徒步", "跑", "buxing"), "foot"),
    **dict.fromkeys(("bike", "骑车", "电动车", "摩托", "qiche"), "bike"),
    **dict.fromkeys(("car", "drive", "驾车", "开车", "汽车", "jiache"), "car"),
}
_METRES = re.compile(r"(\d{2,5})(m|米)?|(\d{1,2}(?:\.\d)?)(km|公里)")
LEAST_RING_M, MOST_RING_M = 200, 10_000


def _pace(asked: Asked) -> Reading | None:
    pace = _PACES.get(asked.word.casefold())
    return Reading(pace) if pace else None


def _metres(asked: Asked) -> Reading | None:
    """``800m``, ``800米``, ``1.5km``; without a unit only where the field is named."""
    found = _METRES.fullmatch(asked.word.casefold())
    if found is None or not (found[2] or found[4] or asked.named):
        return None
    metres = round(float(found[3]) * 1000) if found[3] else int(found[1])
    return Reading(metres) if LEAST_RING_M <= metres <= MOST_RING_M else None


def _raw(asked: Asked) -> Reading | None:
    return Reading(unquoted(asked.word))


_READERS: dict[Kind, Callable[[Asked], Reading | None]] = {
    Kind.UNITS: lambda asked: read_units(asked.word, asked.scene),
    Kind.UNIT: lambda asked: read_unit(asked.word, asked.scene),
    Kind.INCIDENT: _incident,
    Kind.REPORT: _report,
    Kind.TYPE: _type,
    Kind.DISPOSITION: _disposition,
    Kind.RECEIVER: _receiver,
    Kind.PRIORITY: _priority,
    Kind.UNTIL: _until,
    Kind.PLACE: lambda asked: read_place(asked.word, asked.scene) if asked.named else None,
    Kind.POST: lambda asked: read_post(asked.word, asked.scene),
    Kind.SATISFIED: _yes_or_no,
    Kind.CHANNEL: _channel,
    Kind.ALARM: _alarm,
    Kind.FLAG: _flag,
    Kind.PACE: _pace,
    Kind.METRES: _metres,
    Kind.RAW: _raw,
    Kind.PERSON: person,
    Kind.SEAT: seat,
    Kind.PAST: past,
    Kind.NUMBER: _question_number,
    Kind.NUMBERS: _numbers,
    Kind.REPLY: _reply,
    Kind.MATTER: lambda asked: read_matter(asked.word, asked.slot, asked.scene),
    Kind.CHOICE: lambda asked: read_choice(asked.word, asked.slot),
    Kind.DESKS: lambda asked: read_desks(asked.word, asked.scene),
    Kind.SQUAD: lambda asked: read_squad(asked.word, asked.scene),
    Kind.COUNT: lambda asked: read_count(asked.word),
}
