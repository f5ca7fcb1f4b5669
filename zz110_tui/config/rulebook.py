"""The rulebook of an agency, read from its folder: ``types.toml``, ``dispositions.toml``, ``receivers.toml``, and
``plans.toml``, ``instructions.toml`` and ``patterns.toml`` where they are.

Everything that is wrong is said at once, with file, line, entry and remedy. ``tomllib`` alone: a desk waits for this at
every start, so it has to stay under 15 ms.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from zz110_tui.config import instructions
from zz110_tui.config.entries import (
    CATEGORIES,
    TURNS,
    BadEntry,
    Entry,
    known_keys,
    list_of,
    one_of,
    turn_out,
    unknown,
    words_of,
)
from zz110_tui.config.patterns import read_patterns
from zz110_tui.config.plans import plan_rule
from zz110_tui.config.problems import Problem, both, shown, trouble_of
from zz110_tui.config.toml_file import read_toml
from zz110_tui.core.incidents import (
    ADVISED,
    CANCELLED,
    ENTERED_IN_ERROR,
    INVALID,
    LINKED,
    LOWEST_PRIORITY,
    NUISANCE,
    TRANSFERRED,
)
from zz110_tui.core.rulebook import (
    AlarmRules,
    Category,
    Disposition,
    FillInRules,
    IncidentType,
    Instruction,
    Limits,
    PlanRule,
    Question,
    Receiver,
    ResponsePlan,
    Rulebook,
    Step,
    TurnOut,
    Words,
)

CORE_DISPOSITIONS = (LINKED, TRANSFERRED, ADVISED, INVALID, NUISANCE, CANCELLED, ENTERED_IN_ERROR)
"""Dispositions the core gives by itself: a rulebook has to have words for them."""

T = TypeVar("T")


def load_rulebook(path: Path) -> Rulebook:
    """The rulebook in a folder. Raises Trouble that names every entry to mend.

    Limits are those of :class:`core.rulebook.Limits`; :func:`with_limits` puts in the user's.
    """
    reading = _Reading(path)
    types = _types(reading)
    dispositions = reading.entries("dispositions.toml", (), _disposition)
    receivers = reading.entries("receivers.toml", (), _receiver)
    plans = _plans(reading, types)
    told = _instructions(reading, types)
    if not reading.problems:
        for code in CORE_DISPOSITIONS:
            if code not in dispositions:
                reading.wrong("dispositions.toml", (), both(f"缺少 {code}", f"{code} is missing"), _ADD)
        _unambiguous(reading, "types.toml", "types", types)
        _unambiguous(reading, "dispositions.toml", "", dispositions)
        _unambiguous(reading, "receivers.toml", "", receivers)
    patterns, more = read_patterns(path, types) if not reading.problems else ((), [])
    if reading.problems or more:
        problems = reading.with_lines() if reading.problems else more
        raise trouble_of(both("处警规则不能使用", "The rulebook cannot be used"), problems)
    return Rulebook(types, dispositions, receivers, plans=plans, patterns=patterns, instructions=told)


def with_limits(
    rules: Rulebook,
    limits: Mapping[int, Limits],
    hold_ms: int | None = None,
    fill_in: FillInRules | None = None,
    alarms: AlarmRules | None = None,
) -> Rulebook:
    """The same rulebook with the user's alarm limits by priority, the usual length of a hold (milliseconds), when a
    fill-in is proposed, and the shelf and budget of alarms."""
    return replace(
        rules,
        limits=dict(limits),
        hold_ms=rules.hold_ms if hold_ms is None else hold_ms,
        fill_in=rules.fill_in if fill_in is None else fill_in,
        alarms=rules.alarms if alarms is None else alarms,
    )


MOST_POINTS = 6
"""One answer moves a priority by three levels at most: from one end to the other."""
_TABLES = ("questions", "yes_no", "counts", "steps", "types")
_WEIGHTS = {
    "yes_no": both("写成 { yes = 2, no = -1 }，各不超过 6", "write { yes = 2, no = -1 }, 6 at most"),
    "counts": both("写成 { '5' = 1, '10' = 2 }，各不超过 6", "write { '5' = 1, '10' = 2 }, 6 at most"),
}
_ADD = both("从随附的 rulebook 中补上", "copy it from the rulebook that comes with zz110")
_TYPE_KEYS = {"zh", "en", "category", "priority", "aliases", "questions", "checklist", *TURNS}


@dataclass(slots=True)
class _Reading:
    """One pass over the folder; problems are gathered, not raised."""

    folder: Path
    problems: list[tuple[str, tuple[str, ...], str, str]] = field(default_factory=list)

    def wrong(self, file: str, key: tuple[str, ...], cause: str, remedy: str) -> None:
        self.problems.append((file, key, cause, remedy))

    def file(self, name: str) -> Entry:
        """The file's content; empty, with a problem noted, when it cannot be read."""
        try:
            return tomllib.loads((self.folder / name).read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
            # What exactly is wrong is found out by the slower reader that knows lines.
            self.wrong(name, (), "", "")
            return {}

    def entries(self, name: str, under: tuple[str, ...], make: Callable[[str, Entry], T]) -> dict[str, T]:
        table: Any = self.file(name)
        for key in under:
            table = table.get(key, {})
        return self.made(name, under, table, make)

    def made(self, name: str, under: tuple[str, ...], table: Any, make: Callable[[str, Entry], T]) -> dict[str, T]:
        """Each entry of a table made into a value; entries with something wrong are noted and left out."""
        if not isinstance(table, dict):
            self.wrong(name, under, both("不是表", "is not a table"), both("写成 [名称]", "write it as [name]"))
            return {}
        made: dict[str, T] = {}
        for code, entry in table.items():
            try:
                if not isinstance(entry, dict):
                    raise BadEntry("", both("不是表", "is not a table"), both("写成 [名称]", "write it as [name]"))
                made[code] = make(code, entry)
            except BadEntry as bad:
                self.wrong(name, (*under, code, *([bad.key] if bad.key else [])), bad.cause, bad.remedy)
        if not made and not self.problems:
            self.wrong(name, under, both("没有任何条目", "has no entry"), _ADD)
        return made

    def with_lines(self) -> list[Problem]:
        """The problems with the lines they stand on: read again, slowly, because now somebody has to mend it."""
        found = []
        for name in dict.fromkeys(file for file, *_ in self.problems):
            file = read_toml(self.folder / name)
            if isinstance(file, Problem):
                found.append(file)
                continue
            found += [file.problem(key, cause, remedy) for at, key, cause, remedy in self.problems if at == name]
        return found or [Problem(self.folder, 0, "", both("读不出", "cannot be read"), _ADD)]


def _types(reading: _Reading) -> dict[str, IncidentType]:
    content = reading.file("types.toml")
    if reading.problems:
        return {}
    for key in content.keys() - set(_TABLES):
        reading.wrong("types.toml", (key,), *unknown(key, _TABLES))
    questions = _questions(reading, content)
    steps = {code: Step(code, words) for code, words in _shared(reading, content, "steps").items()}

    def make(code: str, entry: Entry) -> IncidentType:
        return _incident_type(code, entry, questions, steps)

    return reading.made("types.toml", ("types",), content.get("types", {}), make)


def _questions(reading: _Reading, content: Entry) -> dict[str, Question]:
    """The wordings, each with what its answers weigh."""
    made = {code: Question(code, words) for code, words in _shared(reading, content, "questions").items()}
    for table, weighed in (("yes_no", _yes_or_no), ("counts", _counted)):
        for code, weights in _table(content.get(table, {})).items():
            key = (table, code)
            if code not in made:
                cause = both(f"没有 {shown(code)} 这一问", f"there is no question {shown(code)}")
                reading.wrong("types.toml", key, cause, both("在 [questions] 中写上它", "write it under [questions]"))
                continue
            try:
                made[code] = weighed(made[code], weights)
            except ValueError:
                cause = both(f"是 {shown(weights)}", f"is {shown(weights)}")
                reading.wrong("types.toml", key, cause, _WEIGHTS[table])
    return made


def _yes_or_no(question: Question, weights: Any) -> Question:
    """Raises ValueError for anything but ``{ yes = points, no = points }``."""
    if not isinstance(weights, dict) or weights.keys() - {"yes", "no"}:
        raise ValueError
    return replace(question, yes_no=True, yes=_points(weights.get("yes", 0)), no=_points(weights.get("no", 0)))


def _counted(question: Question, weights: Any) -> Question:
    if not isinstance(weights, dict) or not all(least.isascii() and least.isdigit() for least in weights):
        raise ValueError
    return replace(question, counts=tuple(sorted((int(least), _points(p)) for least, p in weights.items())))


def _points(value: Any) -> int:
    if type(value) is not int or abs(value) > MOST_POINTS:
        raise ValueError
    return value


def _shared(reading: _Reading, content: Entry, table: str) -> dict[str, Words]:
    """Wordings that several types use: ``code = ['中文', 'English']``."""
    found: dict[str, Words] = {}
    for code, pair in _table(content.get(table, {})).items():
        match pair:
            case [str(zh), str(en)] if zh.strip() and en.strip():
                found[code] = Words(zh, en)
            case _:
                cause = both(f"是 {shown(pair)}，不是中英两句", f"is {shown(pair)}, not two sentences")
                remedy = both("写成 ['中文', 'English']", "write ['中文', 'English']")
                reading.wrong("types.toml", (table, code), cause, remedy)
    return found


def _table(value: Any) -> Entry:
    return value if isinstance(value, dict) else {}


def _incident_type(
    code: str, entry: Entry, questions: Mapping[str, Question], steps: Mapping[str, Step]
) -> IncidentType:
    known_keys(entry, _TYPE_KEYS)
    priority = entry.get("priority")
    if type(priority) is not int or not 1 <= priority <= LOWEST_PRIORITY:
        cause = both(f"是 {shown(priority)}", f"is {shown(priority)}")
        raise BadEntry("priority", cause, both("写 1 到 4", "write 1 to 4"))
    category = str(entry.get("category"))
    if category not in CATEGORIES:
        cause = both(f"是 {shown(category)}", f"is {shown(category)}")
        raise BadEntry("category", cause, one_of(CATEGORIES))
    turns = [turn_out(entry, turn) for turn in TURNS]
    return IncidentType(
        code=code,
        category=Category(category),
        words=words_of(entry),
        priority=priority,
        aliases=list_of(entry, "aliases"),
        questions=tuple(_look_up(entry, "questions", questions)),
        checklist=tuple(_look_up(entry, "checklist", steps)),
        plan=ResponsePlan(turns[0] or (TurnOut(1),), turns[1], turns[2]),
    )


def _instructions(reading: _Reading, types: Mapping[str, IncidentType]) -> tuple[Instruction, ...]:
    """``instructions.toml`` need not be there: then ``ins`` says so."""
    if reading.problems or not (reading.folder / instructions.FILE).exists():
        return ()
    content = reading.file(instructions.FILE)
    if reading.problems:
        return ()

    def make(code: str, entry: Entry) -> Instruction:
        return instructions.instruction(code, entry, types)

    return tuple(reading.made(instructions.FILE, (), content, make).values())


def _plans(reading: _Reading, types: Mapping[str, IncidentType]) -> tuple[PlanRule, ...]:
    """``plans.toml`` need not be there: then every type has its own plan and no other."""
    if reading.problems or not (reading.folder / "plans.toml").exists():
        return ()
    content = reading.file("plans.toml")
    if not content:
        return ()

    def make(code: str, entry: Entry) -> PlanRule:
        return plan_rule(code, entry, types)

    return tuple(reading.made("plans.toml", (), content, make).values())


def _disposition(code: str, entry: Entry) -> Disposition:
    known_keys(entry, {"zh", "en", "aliases", "settled"})
    settled = entry.get("settled", False)
    if not isinstance(settled, bool):
        cause = both(f"是 {shown(settled)}", f"is {shown(settled)}")
        raise BadEntry("settled", cause, both("写 true 或 false", "write true or false"))
    return Disposition(code, words_of(entry), list_of(entry, "aliases"), settled)


def _receiver(code: str, entry: Entry) -> Receiver:
    known_keys(entry, {"zh", "en", "aliases"})
    return Receiver(code, words_of(entry), list_of(entry, "aliases"))


def _look_up(entry: Entry, key: str, shared: Mapping[str, T]) -> list[T]:
    made = []
    for code in list_of(entry, key):
        if code not in shared:
            cause = both(f"没有 {shown(code)} 这一句", f"there is no {shown(code)}")
            table = "steps" if key == "checklist" else key
            raise BadEntry(key, cause, both(f"在 [{table}] 中写上它", f"write it under [{table}]"))
        made.append(shared[code])
    return made


def _unambiguous(
    reading: _Reading, file: str, under: str, entries: Mapping[str, IncidentType | Disposition | Receiver]
) -> None:
    """A code or a full name means one entry; only aliases may be shared."""
    holders: dict[str, str] = {}
    for code, entry in entries.items():
        for name in dict.fromkeys((code, entry.words.zh, entry.words.en)):
            holder = holders.setdefault(name.casefold(), code)
            if holder != code:
                cause = both(f"{shown(name)} 也是 {holder} 的名称", f"{shown(name)} is also the name of {holder}")
                key = (under, code) if under else (code,)
                reading.wrong(file, key, cause, both("改用别的名称", "give it another name"))
