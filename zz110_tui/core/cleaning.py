"""Text from outside, made harmless: it can neither steer a terminal nor hide what it says.

:func:`clean` is for the edge (typed lines, imports, gateways): what it returns may be stored and sent. :func:`visible`
is for the last step before drawing. What is dangerous is shown, not dropped, so that a reader sees what was sent: ESC
as ``␛``, a bidi override as ``‹U+202E›``. The ranges are written out here instead of asked of ``unicodedata`` because
the answer must not change with the version of Python: cleaned text lands in journals.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

NEWLINE_MARK = "⏎"
CUT_MARK = "…"
MOST_MARKS = 2
"""Combining marks drawn on one letter; Vietnamese needs two."""

_NEWLINES = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_INVISIBLE = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # C0, DEL and C1 but for white space
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # soft hyphen, joiners, fillers, Mongolian selectors
    "\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"  # signs drawn over the digits that follow
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f"  # zero-width, bidi marks, embeddings, overrides and isolates
    "\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"  # fillers, byte order mark, interlinear annotation, non-characters
    "\ud800-\udfff"  # lone surrogates: not even encodable
    "\U00013430-\U00013440\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # hieroglyph, shorthand and music controls
    "\U000e0000-\U000e00ff"  # tags
)
_UNSAFE = re.compile(f"[{_INVISIBLE}]")
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_EMOJI_JOINER = re.compile(
    "(?<=[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])\u200d(?=[\u2190-\u2bff\U0001f000-\U0001faff])"
)
_QUIET = re.compile("[ -~　-〩一-鿿！-～]*")

_LOOKALIKES = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧνο",
        "ABESIJKMHOPCTYXaeopcyxijsABEZHIKMNOPTYXvo",
        strict=True,
    )
)
_TOKEN = re.compile(r"\S+")


def clean(text: str, *, newlines: str = NEWLINE_MARK) -> str:
    """Text from outside in NFC, on one line, with nothing in it that moves, hides or re-orders anything.

    ``newlines`` is what each line end becomes: the mark ``⏎``, ``"\\n"`` to keep lines, ``" "`` to join them. Tabs
    become a blank. Applying it twice changes nothing more. Never raises.
    """
    if _QUIET.fullmatch(text):
        return text
    text = _EMOJI_JOINER.sub("", text)
    text = _NEWLINES.sub(lambda _: newlines, text).replace("\t", " ")
    text = _UNSAFE.sub(_shown, text)
    return unicodedata.normalize("NFC", text)


def visible(text: str) -> str:
    """Text ready to be drawn in one line: cleaned, without variation selectors, with few marks on each letter.

    What is dropped here cannot be seen anyway (a variation selector) or only blackens the lines around it.
    """
    if _QUIET.fullmatch(text):
        return text
    return _few_marks(_SELECTORS.sub("", clean(text)))


def shorten(text: str, most: int) -> str:
    """At most ``most`` characters, a cut shown by ``…``."""
    return text if len(text) <= most else text[: max(0, most - 1)] + CUT_MARK


def lookalikes(text: str) -> tuple[tuple[str, str], ...]:
    """Cyrillic and Greek letters that pass for Latin ones in a word of Latin letters or digits, each with its double.

    A number plate ``粤А12345`` with a Cyrillic А is not ``粤A12345``; whoever reads it must be told. A word that is
    Cyrillic throughout is a name, not a trick.
    """
    if text.isascii() or _QUIET.fullmatch(text):
        return ()
    found: dict[str, str] = {}
    for token in _TOKEN.findall(text):
        doubles = {letter: _LOOKALIKES[letter] for letter in token if letter in _LOOKALIKES}
        if doubles and any(letter.isascii() and letter.isalnum() for letter in token):
            found.update(doubles)
    return tuple(found.items())


def _shown(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"‹U+{code:04X}›"


def _few_marks(text: str) -> str:
    """A letter keeps its first :data:`MOST_MARKS` combining marks."""
    if text.isascii():
        return text
    parts: list[str] = []
    for marks, letters in groupby(text, lambda letter: unicodedata.combining(letter) > 0):
        parts += list(letters)[: MOST_MARKS if marks else None]
    return "".join(parts)
