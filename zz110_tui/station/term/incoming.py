"""What comes from the terminal, before Textual reads keys out of it.

Textual types every escape sequence that it does not know onto the command line, letter by letter. Here answers to our
questions are taken out, sequences that are no key are dropped, and what follows a paste in the same breath belongs to
it: a pasted text that ends its own bracket runs nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS

PASTE_START, PASTE_END = "\x1b[200~", "\x1b[201~"

_SEQUENCE = re.compile(r"\x1b\[(?:\[[A-E]|[0-?]*[ -/]*[@-~])")
_UNFINISHED = re.compile(r"\x1b(?:\[\[?[0-?]*[ -/]*)?\Z")
_KEY = re.compile(r"\x1b\[[\d:]+;[\d:;]*[u~ABCDEFHPQRS]\Z")
_PLACE = re.compile(r"\x1b\[(\d+);(\d+)R\Z")
_ALIVE = "\x1b[0n"
_KEPT = frozenset(("\x1b[I", "\x1b[O"))

PROBE_ROW = 2
"""The row (from 1) on which widths are probed: an answer from row 1 looks like Shift-F3."""
LONGEST_PASTE = 20_000
"""Letters of one paste that are kept."""


@dataclass(frozen=True, slots=True)
class Answer:
    """``column`` (from 0) is where the cursor was found; None where the terminal only said that it is there."""

    column: int | None = None


class Incoming:
    """``probing`` is how many answers about the cursor's place are still expected."""

    def __init__(self) -> None:
        self.probing = 0
        self._held = ""
        self._pasting = False

    @property
    def holds(self) -> bool:
        """Whether the beginning of a sequence waits for its end."""
        return bool(self._held)

    def release(self) -> str:
        """Give up waiting: what was held was a key of its own."""
        held, self._held = self._held, ""
        return held

    def take(self, text: str) -> tuple[str, list[Answer]]:
        """The keys in what was read, and the answers."""
        text = self._held + text
        self._held = ""
        if not self._pasting and (unfinished := _UNFINISHED.search(text)):
            self._held = text[unfinished.start() :]
            text = text[: unfinished.start()]
        answers: list[Answer] = []
        if self._pasting or PASTE_START in text:
            return self._take_paste(text, answers), answers
        return self._keys(text, answers), answers

    def _take_paste(self, text: str, answers: list[Answer]) -> str:
        before = ""
        if not self._pasting:
            before, _, text = text.partition(PASTE_START)
            before = self._keys(before, answers) + PASTE_START
            self._pasting = True
        if PASTE_END not in text:
            # The end may be cut in two; it is short enough to wait for.
            cut = next((n for n in range(len(PASTE_END) - 1, 0, -1) if text.endswith(PASTE_END[:n])), 0)
            if cut:
                self._held, text = text[-cut:], text[:-cut]
            return before + _SEQUENCE.sub("", text)
        self._pasting = False
        body = "".join(text.split(PASTE_END))
        return before + _SEQUENCE.sub("", body)[:LONGEST_PASTE] + PASTE_END

    def _keys(self, text: str, answers: list[Answer]) -> str:
        if "\x1b[" not in text:
            return text
        return _SEQUENCE.sub(lambda found: self._one(found.group(), answers), text)

    def _one(self, sequence: str, answers: list[Answer]) -> str:
        if sequence == _ALIVE:
            answers.append(Answer())
            return ""
        place = _PLACE.match(sequence)
        if place is not None and self.probing and int(place[1]) == PROBE_ROW:
            self.probing -= 1
            answers.append(Answer(int(place[2]) - 1))
            return ""
        if sequence in ANSI_SEQUENCES_KEYS or sequence in _KEPT or _KEY.match(sequence):
            return sequence
        return ""
