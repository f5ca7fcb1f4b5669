"""stdout is data, and only data: text with columns that line up in Chinese too, JSON documents, JSON lines, CSV.

Whatever is printed here came from the journal, and so from outside: no character of it may reach the terminal that
moves the cursor, hides or re-orders. In JSON such characters are written as ``\\uXXXX``, which means the same value.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, islice
from typing import Any, NoReturn, TextIO

from zz110_tui.cli.exits import CANNOT_CREATE, PIPE_CLOSED
from zz110_tui.core.cleaning import visible
from zz110_tui.core.trouble import Trouble

_HIDDEN = re.compile(
    "[\x7f-\x9f\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U000110bd\U000110cd\U00013430-\U00013455\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
GAP = "  "
LINED_UP = 2_000
"""Rows that are read before the first is printed: a longer list is printed as it comes."""


def prepare(stream: TextIO | Any) -> None:
    """A terminal that cannot show a character gets ``?`` for it, never an exception half-way through an answer."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="replace")


def text(line: str = "") -> None:
    """One line of text from anywhere, made harmless."""
    _write(visible(line) + "\n")


def markup(page: str) -> None:
    """A page of our own making, its texts already made harmless."""
    _write(_for(sys.stdout, page))


def block(lines: str) -> None:
    """Several lines of our own making; each is made harmless."""
    for line in lines.splitlines():
        text(line)


def document(value: Any) -> None:
    """One JSON document, indented for a person who looks at it."""
    _write(_for(sys.stdout, to_json(value, indent=2)) + "\n")


def documents(values: Iterable[Any]) -> int:
    """Many as one JSON array, written as they come and laid out as :func:`document` would; how many there were."""
    count = 0
    for value in values:
        shown = to_json(value, indent=2).replace("\n", "\n  ")
        _write(_for(sys.stdout, ("[\n  " if not count else ",\n  ") + shown))
        count += 1
    _write("\n]\n" if count else "[]\n")
    return count


def line(value: Any) -> None:
    """One line of JSON, at once on its way: whoever waits for it may act on it."""
    _write(_for(sys.stdout, to_json(value)) + "\n")
    flush()


def to_json(value: Any, indent: int | None = None) -> str:
    """JSON in readable Chinese, with nothing in it that a terminal would obey."""
    separators = None if indent else (",", ":")
    plain = json.dumps(value, ensure_ascii=False, indent=indent, separators=separators, allow_nan=False)
    return _HIDDEN.sub(_escaped, plain)


def _for(stream: TextIO, document: str) -> str:
    """JSON as the stream can carry it: what its encoding has no sign for is escaped, and so not lost."""
    encoding = stream.encoding or "ascii"
    try:
        document.encode(encoding)
    except UnicodeEncodeError:
        return "".join(letter if _fits(letter, encoding) else _escaped_letter(letter) for letter in document)
    return document


def _fits(letter: str, encoding: str) -> bool:
    try:
        letter.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _escaped(match: re.Match[str]) -> str:
    return _escaped_letter(match[0])


def _escaped_letter(letter: str) -> str:
    code = ord(letter)
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"


def rows_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """CSV with a header. A text that a spreadsheet would take for a formula gets a leading apostrophe."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(column)) for column in columns])
    _write(buffer.getvalue())


def _cell(value: Any) -> Any:
    if not isinstance(value, str):
        return "" if value is None else value
    shown = visible(value)
    return "'" + shown if shown.startswith(_FORMULA) else shown


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> int:
    """Columns that line up; those numbered in ``right`` are set to the right. The last one is not padded. How many rows
    there were; of very many the first ``LINED_UP`` say how wide a column is, and none are kept."""
    coming = iter(rows)
    cells = [[visible(str(cell)) for cell in row] for row in islice(coming, LINED_UP)]
    head = list(headings)
    widths = [max([width(head[i]), *(width(row[i]) for row in cells)]) for i in range(len(head))]
    count = -1
    for row in chain((head, *cells), ([visible(str(cell)) for cell in row] for row in coming)):
        parts = [_padded(cell, widths[i], i in right, i == len(head) - 1) for i, cell in enumerate(row)]
        _write(GAP.join(parts).rstrip() + "\n")
        count += 1
    return count


def _padded(cell: str, to: int, right: bool, last: bool) -> str:
    blank = " " * (to - width(cell))
    if right:
        return blank + cell
    return cell if last else cell + blank


def width(shown: str) -> int:
    """Columns a text takes in a terminal: Chinese characters take two, combining marks none."""
    if shown.isascii():
        return len(shown)
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in shown
    )


def flush() -> None:
    try:
        sys.stdout.flush()
    except OSError as fault:
        _lost(fault)


def _write(data: str) -> None:
    try:
        sys.stdout.write(data)
    except OSError as fault:
        _lost(fault)


def _lost(fault: OSError) -> NoReturn:
    """Nobody reads any more: end quietly. The disk is full: say so. Python's own last flush must not complain too."""
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, sys.stdout.fileno())
    os.close(silent)
    if isinstance(fault, BrokenPipeError):
        raise SystemExit(PIPE_CLOSED) from fault
    raise Trouble(
        "输出写不了 / the output cannot be written",
        fault.strerror or type(fault).__name__,
        "腾出空间，或换个地方写 / free some space, or write it somewhere else",
        exit_code=CANNOT_CREATE,
    ) from fault
