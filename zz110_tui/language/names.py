"""Finding an entry of the rulebook by any of its names: types, dispositions, receivers."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from zz110_tui.core.rulebook import Disposition, IncidentType, Receiver

Named = IncidentType | Disposition | Receiver
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class NameIndex:
    """``full`` has every whole name (lower case) with the codes it may mean."""

    full: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def exact(self, word: str) -> tuple[str, ...]:
        return self.full.get(word.casefold(), ())

    def unfinished(self, word: str) -> tuple[str, ...]:
        """Codes with a name that begins with the word, or, for a Chinese word, has it in it."""
        key = word.casefold()
        if not key or len(key) > LONGEST_NAME:
            return ()
        begins = [codes for name, codes in self.full.items() if name.startswith(key)]
        if not begins and not key.isascii():
            begins = [codes for name, codes in self.full.items() if key in name]
        return tuple(dict.fromkeys(code for codes in begins for code in codes))


def index_of(entries: Iterable[Named]) -> NameIndex:
    """Codes and full names win over aliases that another entry shares with them."""
    full: dict[str, tuple[str, ...]] = {}
    entries = tuple(entries)
    for entry in entries:
        for name in (entry.code, entry.words.zh, entry.words.en, entry.words.en.replace(" ", "_")):
            full[name.casefold()] = (entry.code,)
    own = set(full)
    for entry in entries:
        for alias in entry.aliases:
            key = alias.casefold()
            if key not in own:
                full[key] = tuple(dict.fromkeys((*full.get(key, ()), entry.code)))
    return NameIndex(full)


def typed(entry: Named, language: str) -> str:
    """The name to type for an entry: Chinese, or on an English desk its code."""
    if language != "zh":
        return entry.code
    return f'"{entry.words.zh}"' if " " in entry.words.zh else entry.words.zh


_KEPT = 12
_indexes: OrderedDict[int, tuple[Mapping[str, Any], NameIndex]] = OrderedDict()


def cached_index(entries: Mapping[str, Named]) -> NameIndex:
    """The index of a table of the rulebook, made once as long as the table lives.

    Kept by identity, with the table itself so that its identity cannot be given to another.
    """
    kept = _indexes.get(id(entries))
    if kept is None or kept[0] is not entries:
        kept = (entries, index_of(entries.values()))
        _indexes[id(entries)] = kept
        while len(_indexes) > _KEPT:
            _indexes.popitem(last=False)
    return kept[1]
