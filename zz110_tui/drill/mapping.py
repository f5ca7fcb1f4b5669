"""A mapping: how the call records of one source become ours (``mappings/*.toml``; docs/calls-import.md).

It names the columns, the times, the time zone and the words of a file. A key that is not known here is an error,
because a misspelt key that is passed over would change thousands of records without a word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from zz110_tui.config.problems import Problem, both, shown, trouble_of
from zz110_tui.config.toml_file import read_toml
from zz110_tui.core.rulebook import Rulebook
from zz110_tui.drill.mapping_check import TIMES, UNIT_MS, Checked

FALLBACK_TYPE = "other"
"""The type of what no pattern names; every rulebook has it."""

PATTERNS_REMEMBERED = 10_000
"""Texts whose pattern is remembered: a file with a new type in every row must not fill the memory."""

UNUSABLE = both("此映射不能使用", "this mapping cannot be used")


@dataclass(frozen=True, slots=True)
class TimeColumn:
    """Where a time stands. Several columns are joined by a blank (date and time of day).

    ``after`` names the time it is counted from, with ``unit_ms`` milliseconds to the unit: then the column holds a
    duration, not a time.
    """

    columns: tuple[str, ...]
    after: str = ""
    unit_ms: int = 0


@dataclass(frozen=True, slots=True)
class Patterns:
    """The first pattern that fits a text gives its word. ``*`` stands for anything; case does not matter."""

    rows: tuple[tuple[str, str], ...] = ()
    otherwise: str = ""
    _compiled: list[tuple[re.Pattern[str], str]] = field(default_factory=list, compare=False, repr=False)
    _found: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    def word(self, text: str) -> str:
        found = self._found.get(text)
        if found is None:
            if not self._compiled and self.rows:
                self._compiled.extend((_glob(pattern), word) for pattern, word in self.rows)
            folded = text.strip().casefold()
            found = next((word for pattern, word in self._compiled if pattern.fullmatch(folded)), self.otherwise)
            if len(self._found) < PATTERNS_REMEMBERED:
                self._found[text] = found
        return found


def _glob(pattern: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in pattern.strip().casefold().split("*")), re.DOTALL)


@dataclass(frozen=True, slots=True)
class CallsMapping:
    """A mapping that was read and found right. ``id`` stands before every source id, so that two sources never clash.

    ``header`` are the columns of a file that has no header line. ``missing`` are the cells that mean "not known".
    """

    id: str
    path: Path
    remark: str
    encoding: str
    delimiter: str
    quote: str
    header: tuple[str, ...]
    missing: frozenset[str]
    zone: ZoneInfo
    formats: tuple[str, ...]
    times: Mapping[str, TimeColumn]
    texts: Mapping[str, tuple[str, ...]]
    lon: str
    lat: str
    place_required: bool
    types: Patterns
    channels: Patterns

    def columns(self) -> tuple[str, ...]:
        """Every column the mapping reads, once each, in a fixed order."""
        named = [column for time in self.times.values() for column in time.columns]
        named += [column for columns in self.texts.values() for column in columns]
        named += [column for column in (self.lon, self.lat) if column]
        return tuple(dict.fromkeys(named))


def load_mapping(path: Path) -> CallsMapping:
    """Read a mapping. Raises Trouble with file, line, key and remedy for everything that is wrong with it."""
    file = read_toml(path)
    if isinstance(file, Problem):
        raise trouble_of(UNUSABLE, [file])
    checked = Checked(file)
    times: dict[str, TimeColumn] = {}
    for name in TIMES:
        columns, after, unit = checked.time_column(name)
        if columns:
            times[name] = TimeColumn(columns, after, UNIT_MS.get(unit, 0))
    texts = {name: checked.column_list(name) for name in ("id", "place", "type", "channel", "text")}
    defaults = checked.table("defaults")
    mapping = CallsMapping(
        id=checked.id(),
        path=path,
        remark=checked.text((), "remark", ""),
        encoding=checked.encoding(),
        delimiter=checked.one_character("delimiter", ","),
        quote=checked.one_character("quote", '"'),
        header=checked.list_of_texts(("file",), "columns"),
        missing=frozenset(("", *checked.list_of_texts(("file",), "missing"))),
        zone=checked.zone(),
        formats=checked.formats(),
        times=times,
        texts={name: columns for name, columns in texts.items() if columns},
        lon=checked.text(("columns",), "lon", ""),
        lat=checked.text(("columns",), "lat", ""),
        place_required=checked.flag(("place",), "required", True),
        types=Patterns(checked.pattern_rows("types"), str(defaults.get("type", FALLBACK_TYPE))),
        channels=Patterns(checked.channel_rows(), checked.default_channel()),
    )
    checked.finish(mapping.columns(), mapping.header)
    if checked.problems:
        raise trouble_of(UNUSABLE, checked.problems)
    return mapping


def check_types(mapping: CallsMapping, rules: Rulebook) -> None:
    """Raises Trouble when the mapping gives a type that the rulebook does not have."""
    codes = dict.fromkeys([*(code for _, code in mapping.types.rows), mapping.types.otherwise])
    unknown = [code for code in codes if code not in rules.types]
    if not unknown:
        return
    listed = ", ".join(shown(code) for code in unknown)
    problem = Problem(
        mapping.path,
        0,
        "types",
        both(f"规则册没有这些警情类别：{listed}", f"the rulebook has no such incident types: {listed}"),
        both(
            "改用 rulebook/types.toml 中的代码；不确定的用 other",
            "use the codes of rulebook/types.toml; where unsure, other",
        ),
    )
    raise trouble_of(UNUSABLE, [problem])
