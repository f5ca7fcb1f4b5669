"""Instructions for major incidents (重大警情指令): one entry of ``instructions.toml``, which need not be there."""

from __future__ import annotations

import re
from collections.abc import Mapping

from zz110_tui.config.entries import CATEGORIES, BadEntry, Entry, known_keys, list_of, words_of
from zz110_tui.config.problems import both, shown
from zz110_tui.core.rulebook import EVERY_TYPE, IncidentType, Instruction

FILE = "instructions.toml"
BLANKS = ("number", "type", "priority", "place", "time", "units", "callers", "known")
"""What a text can leave blank for the slip to fill."""
LONGEST = 600
_BLANK = re.compile(r"\{([^{}]*)\}|[{}]")


def instruction(code: str, entry: Entry, types: Mapping[str, IncidentType]) -> Instruction:
    """An instruction from its entry. Raises BadEntry that says what is wrong."""
    known_keys(entry, {"zh", "en", "types"})
    named = list_of(entry, "types")
    for name in named:
        if name not in types and name not in CATEGORIES and name != EVERY_TYPE:
            cause = both(f"没有类别 {shown(name)}", f"there is no type {shown(name)}")
            raise BadEntry("types", cause, both("写 types.toml 中的类别、大类或 any", "name a type, a class or any"))
    if not named:
        cause = both("没有写类别", "names no type")
        raise BadEntry("types", cause, both("写 types.toml 中的类别、大类或 any", "name a type, a class or any"))
    words = words_of(entry)
    for key, text in (("zh", words.zh), ("en", words.en)):
        unknown = next((found[0] for found in _BLANK.finditer(text) if found[1] not in BLANKS), None)
        if unknown is not None:
            remedy = both("可用", "use one of") + ": " + " ".join(f"{{{name}}}" for name in BLANKS)
            raise BadEntry(key, both(f"不认识 {unknown}", f"{unknown} is not known"), remedy)
        if len(text) > LONGEST:
            cause = both(f"有 {len(text)} 字", f"has {len(text)} characters")
            raise BadEntry(key, cause, both(f"最多 {LONGEST} 字", f"{LONGEST} at most"))
    return Instruction(code, words, frozenset(named))
