"""A TOML file with the line of each of its keys, so that an error can point at the line to mend.

``tomllib`` gives values without lines. The lines are found by a second, forgiving look at the text of a file that
``tomllib`` has already accepted: headings and ``key =`` at the start of a line, outside multi-line strings. A key
inside an inline table has the line of that table.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zz110_tui.config.problems import Problem, both

MOST_BYTES = 1_000_000
"""Nobody writes a longer settings, theme or keymap file by hand."""

Key = tuple[str, ...]

_PART = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*')"""
_DOTTED = rf"{_PART}(?:\s*\.\s*{_PART})*"
_HEADING = re.compile(rf"\s*\[\[?\s*({_DOTTED})\s*\]\]?")
_ASSIGN = re.compile(rf"\s*({_DOTTED})\s*=")
_LINE_OF_ERROR = re.compile(r"at line (\d+)")


@dataclass(frozen=True, slots=True)
class TomlFile:
    """``lines`` has a line (from 1) for every heading and every assigned key, by its full path of keys."""

    path: Path
    data: Mapping[str, Any]
    lines: Mapping[Key, int]

    def line_of(self, key: Key) -> int:
        """The line of a key, or of the nearest table around it; 0 where neither is written out."""
        while key:
            if key in self.lines:
                return self.lines[key]
            key = key[:-1]
        return 0

    def problem(self, key: Key, cause: str, remedy: str) -> Problem:
        return Problem(self.path, self.line_of(key), ".".join(key), cause, remedy)


def read_toml(path: Path) -> TomlFile | Problem:
    """The file, or the one problem that keeps it from being read as TOML at all."""
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as fault:
        return Problem(
            path,
            0,
            "",
            both(f"读不出：{fault.strerror}", f"cannot be read: {fault.strerror}"),
            both("检查文件是否存在、是否可读", "see that the file is there and readable"),
        )
    if len(raw) > MOST_BYTES:
        return Problem(
            path,
            0,
            "",
            both("超过 1 MB", "is larger than 1 MB"),
            both("这不像手写的文件，换成正确的文件", "this is hardly a file written by hand; put the right one there"),
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        remedy = both("另存为 UTF-8", "save the file as UTF-8")
        return Problem(path, line, "", both("不是 UTF-8 文本", "is not UTF-8 text"), remedy)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        found = _LINE_OF_ERROR.search(str(fault))
        return Problem(
            path,
            int(found[1]) if found else text.count("\n") + 1,
            "",
            both(f"不是正确的 TOML：{fault}", f"is not valid TOML: {fault}"),
            both("改正这一行；文字要加引号，同一个键只写一次", "mend that line; text needs quotes, a key stands once"),
        )
    return TomlFile(path, data, _lines_of(text))


def _lines_of(text: str) -> dict[Key, int]:
    lines: dict[Key, int] = {}
    table: Key = ()
    closing = ""  # the delimiter that ends the multi-line string we are in
    for number, line in enumerate(text.splitlines(), 1):
        if closing:
            closing = "" if closing in line else closing
            continue
        heading, assign = _HEADING.match(line), _ASSIGN.match(line)
        if heading:
            table = _parts(heading[1])
            lines.setdefault(table, number)
        elif assign:
            lines.setdefault(table + _parts(assign[1]), number)
        for delimiter in ('"""', "'''"):
            if line.count(delimiter) % 2:
                closing = delimiter
    return lines


def _parts(dotted: str) -> Key:
    """``a."b.c"`` is ``("a", "b.c")``; TOML itself undoes the quotes and escapes."""
    node: Any = tomllib.loads(f"{dotted} = 0")
    parts: list[str] = []
    while isinstance(node, dict):
        key, node = next(iter(node.items()))
        parts.append(key)
    return tuple(parts)
