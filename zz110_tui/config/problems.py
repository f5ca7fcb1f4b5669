"""What is wrong with a user's file: which file, which line, which key, why, and how to mend it.

Settings, themes and keymaps are read before anybody knows which language the user reads (that is one of the
settings), so every sentence here is said in both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from zz110_tui.core.trouble import Trouble

EXIT_CONFIG = 78
"""Exit code of a command that could not use its configuration (EX_CONFIG of sysexits.h)."""


def both(zh: str, en: str) -> str:
    return f"{zh} / {en}"


def shown(value: object) -> str:
    """A value from a file, safe to print: control, bidi and zero-width characters appear as escapes."""
    return repr(value)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend. ``line`` counts from 1, 0 where no line can be named; ``key`` is dotted, may be empty."""

    path: Path
    line: int
    key: str
    cause: str
    remedy: str

    @property
    def place(self) -> str:
        path = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in str(self.path))
        return f"{path}:{self.line}" if self.line else path

    def __str__(self) -> str:
        key = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in self.key)
        return f"{self.place}: {key}: {self.cause}" if key else f"{self.place}: {self.cause}"


def trouble_of(what: str, problems: Sequence[Problem]) -> Trouble:
    """All problems of one load as one fault; ``what`` names the kind of file in both languages."""
    cause = "\n".join(str(problem) for problem in problems)
    remedies = list(dict.fromkeys(problem.remedy for problem in problems))
    return Trouble(what, cause, "\n".join(remedies), exit_code=EXIT_CONFIG)
