"""The command line as a value: text, cursor, history. No terminal and no Textual in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from rich.cells import cell_len, split_graphemes

from zz110_tui.core.cleaning import clean

LONGEST_LINE = 2_000
"""Characters; longer than any text field may be. What goes beyond is not taken."""

HISTORY = 500


EDITING = ("backspace", "delete", "ctrl+w", "ctrl+u", "ctrl+k")
"""Where one of them changed the line, it changed nothing else."""


@dataclass(slots=True)
class Editor:
    """``cursor`` counts characters. ``history`` is of this session, oldest first; ``_at`` is where ``Up`` got to."""

    text: str = ""
    cursor: int = 0
    history: list[str] = field(default_factory=list)
    _at: int = -1
    _draft: str = ""
    _walked: list[str] = field(default_factory=list)

    # -- changing --------------------------------------------------------------------------------------------------

    def set(self, text: str) -> None:
        """Put a whole line there, the cursor at its end."""
        self.text = text[:LONGEST_LINE]
        self.cursor = len(self.text)

    def clear(self) -> None:
        self.set("")
        self._at = -1

    def insert(self, text: str) -> None:
        """Typed or pasted text, in one line: ends of lines become blanks and nothing is run."""
        room = LONGEST_LINE - len(self.text)
        text = clean(text, newlines=" ")[:room]
        self.text = self.text[: self.cursor] + text + self.text[self.cursor :]
        self.cursor += len(text)
        self._at = -1

    def backspace(self) -> None:
        self._cut(self._before(), self.cursor)

    def delete(self) -> None:
        self._cut(self.cursor, self._after())

    def delete_word(self) -> None:
        self._cut(self._word_before(), self.cursor)

    def delete_to_start(self) -> None:
        self._cut(0, self.cursor)

    def delete_to_end(self) -> None:
        self._cut(self.cursor, len(self.text))

    def _cut(self, start: int, end: int) -> None:
        self.text = self.text[:start] + self.text[end:]
        self.cursor = start
        self._at = -1

    # -- moving ----------------------------------------------------------------------------------------------------

    def move(self, where: str) -> None:
        """``left``, ``right``, ``home``, ``end``, ``word_left`` or ``word_right``."""
        self.cursor = {
            "left": self._before,
            "right": self._after,
            "home": lambda: 0,
            "end": lambda: len(self.text),
            "word_left": self._word_before,
            "word_right": self._word_after,
        }[where]()

    def _before(self) -> int:
        """Where the letter before the cursor begins, with its marks."""
        return max((start for start, _, _ in split_graphemes(self.text)[0] if start < self.cursor), default=0)

    def _after(self) -> int:
        return min((end for _, end, _ in split_graphemes(self.text)[0] if end > self.cursor), default=len(self.text))

    def _word_before(self) -> int:
        at = self.cursor
        while at > 0 and self.text[at - 1] == " ":
            at -= 1
        while at > 0 and self.text[at - 1] != " ":
            at -= 1
        return at

    def _word_after(self) -> int:
        at = self.cursor
        while at < len(self.text) and self.text[at] != " ":
            at += 1
        while at < len(self.text) and self.text[at] == " ":
            at += 1
        return at

    # -- history ---------------------------------------------------------------------------------------------------

    def remember(self, line: str) -> None:
        """Keep a line that was accepted; the same line twice running is kept once."""
        line = line.strip()
        if line and (not self.history or self.history[-1] != line):
            self.history.append(line)
            del self.history[:-HISTORY]
        self._at = -1

    def older(self) -> None:
        """What was typed before. With something on the line, the lines that begin like it, else those that have it in
        them, else all; what stands there is kept for the way back."""
        if self._at < 0:
            self._draft = self.text
            self._walked = self._fitting(self.text.strip().casefold())
            self._at = len(self._walked)
        if self._at > 0:
            self._recall(self._at - 1)
        elif not self._walked:
            self._at = -1

    def newer(self) -> None:
        if self._at < 0:
            return
        if self._at + 1 >= len(self._walked):
            self.set(self._draft)
            self._at = -1
        else:
            self._recall(self._at + 1)

    def _fitting(self, begun: str) -> list[str]:
        """Each line once, where it was last typed."""
        once = list(reversed(dict.fromkeys(reversed(self.history))))
        for fits in (str.startswith, str.__contains__):
            found = [line for line in once if fits(line.casefold(), begun) and line.casefold() != begun]
            if begun and found:
                return found
        return [line for line in once if line.casefold() != begun] if begun else once

    def _recall(self, at: int) -> None:
        self.set(self._walked[at])
        self._at = at

    # -- drawing ---------------------------------------------------------------------------------------------------

    def visible(self, columns: int) -> tuple[str, int]:
        """The part of the line that fits into ``columns`` with the cursor in it, and the cursor's column there."""
        before = self.text[: self.cursor]
        start = 0
        spans = split_graphemes(before)[0]
        used = cell_len(before)
        for _, end, size in spans:
            if used < columns:
                break
            used -= size
            start = end
        shown, total = [], 0
        for begin, end, size in split_graphemes(self.text[start:])[0]:
            total += size
            if total > columns:
                break
            shown.append(self.text[start + begin : start + end])
        return "".join(shown), used
