"""``patterns.toml`` of a rulebook: the words that suggest an incident type. An agency's folder may be without it."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from zz110_tui.config.problems import Problem, both, shown
from zz110_tui.config.toml_file import read_toml
from zz110_tui.core.rulebook import IncidentType, Pattern

FILE = "patterns.toml"
_LEAST_HAN, _LEAST_LATIN = 1, 3
_PHRASE = re.compile(r"[^\s+]+(?:\+[^\s+]+){0,3}")
_REMEDY = both(
    "写成 ['打架 拿刀+打', 'fight knife+hit']，每词至少一个汉字或三个字母",
    "write ['打架 拿刀+打', 'fight knife+hit'], each word at least one Han character or three letters",
)


def read_patterns(folder: Path, types: Mapping[str, IncidentType]) -> tuple[tuple[Pattern, ...], list[Problem]]:
    """The patterns, and what is wrong with the file. The types' own Chinese names and aliases are patterns too."""
    names = ((kind.code, word) for kind in types.values() for word in (kind.words.zh, *kind.aliases))
    own = [Pattern(code, (word,)) for code, word in names if not word.isascii()]
    path = folder / FILE
    if not path.exists():
        return tuple(own), []
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
        return (), [*_unreadable(path)]
    wrong = [(code, *why) for code, pair in table.items() for why in _wrong(code, pair, types)]
    if wrong:
        file = read_toml(path)
        if isinstance(file, Problem):
            return (), [file]
        return (), [file.problem((code,), cause, remedy) for code, cause, remedy in wrong]
    read = [Pattern(code, words) for code, pair in table.items() for words in _phrases(pair)]
    return tuple(dict.fromkeys([*own, *read])), []


def _unreadable(path: Path) -> Iterator[Problem]:
    file = read_toml(path)
    yield file if isinstance(file, Problem) else Problem(path, 0, "", both("读不出", "cannot be read"), _REMEDY)


def _wrong(code: str, pair: Any, types: Collection[str]) -> Iterator[tuple[str, str]]:
    if code not in types:
        yield (
            both("没有这个警情类别", "is not an incident type"),
            both("写 types.toml 中的代码", "use a code of types.toml"),
        )
    match pair:
        case [str(zh), str(en)]:
            for phrase in (*zh.split(), *en.split()):
                if not phrase.isprintable() or _PHRASE.fullmatch(phrase) is None or not all(map(_long, _parts(phrase))):
                    yield both(f"有 {shown(phrase)}", f"has {shown(phrase)}"), _REMEDY
        case _:
            yield both(f"是 {shown(pair)}，不是中英两串", f"is {shown(pair)}, not two texts"), _REMEDY


def _phrases(pair: list[str]) -> Iterator[tuple[str, ...]]:
    return (_parts(phrase) for text in pair for phrase in text.split())


def _parts(phrase: str) -> tuple[str, ...]:
    folded = unicodedata.normalize("NFKC", phrase).casefold()
    return tuple(part.replace("_", " ").strip() for part in folded.split("+"))


def _long(word: str) -> bool:
    return len(word) >= (_LEAST_LATIN if word.isascii() else _LEAST_HAN)
