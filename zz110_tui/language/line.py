"""A typed line taken apart: verb, words, named fields, free text.

``verb [unit…] [incident] [field=value…] [/ free text]``. Everything before the free text is normalised (NFKC), so that
a Chinese input method may stay switched to full width; the free text keeps its characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from dataclasses import dataclass, replace

from zz110_tui.core.cleaning import clean
from zz110_tui.language.verb import FIELD_NAMES

LONGEST_LINE = 8_000
"""Longer lines are refused whole: nobody types them, and nothing of them may be cut off silently."""
MOST_WORDS = 24

_SLASH = re.compile(r'"[^"]*"|“[^”]*”|(?:^|(?<=\s))[/／]')
_WORD = re.compile(r'(?:"[^"]*"|“[^”]*”|\S)+')
_FIELD = re.compile(r"([^\W\d_]+)=(.*)", re.DOTALL)
_JOINTS = frozenset("xX×*✕与和跟")
_QUOTED = re.compile(r'"([^"]*)"|“([^”]*)”')
_GLUED = re.compile(r"(?P<verb>[^\x00-\x7f]+)(?P<rest>[\d.@^#*].*|[rR]\d.*)|(?P<ask>\?)(?P<topic>.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Line:
    """``words`` are what stood between the verb and the text, normalised; ``text`` is None where no ``/`` was typed."""

    verb: str
    words: tuple[str, ...] = ()
    text: str | None = None

    def with_word(self, position: int, word: str) -> str:
        """The line as typed with one word replaced (an empty one: taken out)."""
        words = (*self.words[:position], word, *self.words[position + 1 :])
        return str(replace(self, words=tuple(w for w in words if w)))

    def plus(self, *words: str) -> str:
        """The line as typed with more words."""
        return str(replace(self, words=(*self.words, *words)))

    def only(self, *words: str) -> str:
        """The verb and the text with other words."""
        return str(replace(self, words=words))

    def with_text(self, text: str) -> str:
        return str(replace(self, text=text))

    def __str__(self) -> str:
        head = " ".join((self.verb, *self.words))
        return head if self.text is None else f"{head} / {self.text}"


def read_line(raw: str, known: Container[str] = ()) -> Line | None:
    """The parts of a line, or None for a blank one. ``known`` are the names of the verbs, lower case."""
    head, text = _cut_text(raw)
    head = unicodedata.normalize("NFKC", clean(head, newlines=" "))
    words = _WORD.findall(head)
    if not words:
        return None if text is None else Line("", (), text)
    verb = words[0]
    if verb.casefold() not in known:
        verb, words = _unglued(words, known)
    return Line(verb, tuple(_merged(words[1:])), text)


def _cut_text(raw: str) -> tuple[str, str | None]:
    for match in _SLASH.finditer(raw):
        if match[0] in "/／":
            return raw[: match.start()], clean(raw[match.end() :]).strip()
    return raw, None


def _unglued(words: list[str], known: Container[str]) -> tuple[str, list[str]]:
    """``派03 142`` is ``派 03 142``: a Chinese verb needs no blank before a number."""
    if words[0][-1] == "?" and words[0][:-1].casefold() in known:
        return words[0][:-1], [words[0][:-1], *words[1:], "?"]
    match = _GLUED.fullmatch(words[0])
    verb = (match["verb"] or match["ask"]) if match else ""
    if match and verb.casefold() in known:
        return verb, [verb, match["rest"] or match["topic"], *words[1:]]
    return words[0], words


def _merged(words: list[str]) -> list[str]:
    """Words that belong together though blanks were typed: ``3, 7``, ``@ 路``, ``@A x B``."""
    merged: list[str] = []
    rest = iter(range(len(words)))
    for i in rest:
        word = words[i]
        joins = merged and (word[0] in ",、" or merged[-1][-1] in ",、" or merged[-1] in ("@", "at="))
        if joins and merged:
            merged[-1] += word
        elif merged and word in _JOINTS and _is_place(merged[-1]) and i + 1 < len(words) and not _marked(words[i + 1]):
            merged[-1] += f"×{words[i + 1]}"
            next(rest)
        else:
            merged.append(word)
    return merged


def _is_place(word: str) -> bool:
    field, _ = field_of(word)
    return word.startswith("@") or field == "at"


def _marked(word: str) -> bool:
    return word.startswith("@") or field_of(word)[0] != ""


def field_of(word: str) -> tuple[str, str]:
    """The field a word names and its value; an empty field where it names none; an unknown name as ``name=``."""
    match = _FIELD.fullmatch(word)
    if match is None:
        return ("at", word[1:]) if word.startswith("@") else ("", word)
    return FIELD_NAMES.get(match[1].casefold(), f"{match[1]}="), match[2]


def unquoted(value: str) -> str:
    return _QUOTED.sub(lambda match: match[1] if match[1] is not None else match[2], value)


def quoted(value: str) -> str:
    """A value as it has to be typed."""
    return f'"{value}"' if re.search(r"\s", value) else value
