"""Words for full-text search: Chinese in pairs, everything else as it is spelt.

An index of three-letter pieces does not find 打架, and one of whole words does not find it inside 持刀打架者. So a
run of Chinese becomes its pairs, one after the other (持刀 刀打 打架 架者) and its last character; a word that is
looked for becomes the same pairs as a phrase. Everything is pure text in and out.

Callers' data are indexed as wholes and as far as a mask shows them: who knows a number finds its slips, and nobody
finds out a hidden digit or the rest of a name by asking for parts of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_RUN = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")
_DIGITS = re.compile(r"\D+")
_NUMBER = re.compile(r"[+()\d][\d()+-]{3,}")

MOST_WORDS = 12
MOST_LETTERS = 200
"""Of a question; more is cut off."""

NAME, FAMILY, NUMBER, TAIL = "n_", "f_", "t_", "v_"
"""What a token of a caller begins with: a whole name, a family name, a whole number, its last four digits."""


def folded(text: str) -> str:
    """Full-width and half-width, upper and lower case alike."""
    return unicodedata.normalize("NFKC", text).casefold()


def tokens(texts: Iterable[str]) -> Iterator[str]:
    """The tokens of free texts, in order."""
    for text in texts:
        for run in _RUN.findall(folded(text)):
            if run[0] >= "\u3400":
                yield from (run[at : at + 2] for at in range(len(run) - 1))
                yield run[-1]
            else:
                yield run


def caller_tokens(name: str, contact: str) -> Iterator[str]:
    """The tokens of a caller: findable as a whole, and as far as :mod:`zz110_tui.core.masking` shows it."""
    whole = "".join(_RUN.findall(folded(name)))
    if whole:
        yield NAME + whole
        yield FAMILY + whole[0]
    digits = _DIGITS.sub("", folded(contact))
    if len(digits) >= 3:
        yield NUMBER + digits
    if len(digits) >= 7:
        yield TAIL + digits[-4:]


def question(text: str) -> str:
    """What is looked for, in the language of FTS5: every word must be there. "" for a text without words."""
    parts = [_asked(word) for word in folded(text)[:MOST_LETTERS].split()[:MOST_WORDS]]
    return " AND ".join(part for part in parts if part)


def _asked(word: str) -> str:
    runs = _RUN.findall(word)
    if not runs:
        return ""
    choices = [" AND ".join(_run_asked(run) for run in runs)]
    whole = "".join(runs)
    digits = _DIGITS.sub("", word)
    if _NUMBER.fullmatch(word):
        choices += [f'"{NUMBER}{digits}"', f'"{TAIL}{digits}"']
    elif not digits:
        choices.append(f'"{NAME}{whole}"')
        if len(whole) == 1:
            choices.append(f'"{FAMILY}{whole}"')
    return "(" + " OR ".join(f"({choice})" for choice in choices) + ")"


def _run_asked(run: str) -> str:
    if run[0] >= "\u3400":
        if len(run) == 1:
            return f'"{run}" *'
        return '"' + " ".join(run[at : at + 2] for at in range(len(run) - 1)) + '"'
    # The beginning of a word is enough, of a number only all of it.
    return f'"{run}"' if run.isdecimal() else f'"{run}" *'
