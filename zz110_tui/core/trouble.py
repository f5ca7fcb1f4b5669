"""A fault of the surroundings: a bad file, a full disk, a lost network. Not an expected "no" (that is a refusal value),
and not a bug."""

from __future__ import annotations


class Trouble(Exception):
    """What is wrong, why, and how to mend it. The CLI writes all three to stderr and ends with ``exit_code``."""

    def __init__(self, title: str, cause: str, remedy: str, exit_code: int = 1) -> None:
        super().__init__(title, cause, remedy)
        self.title = title
        self.cause = cause
        self.remedy = remedy
        self.exit_code = exit_code

    def __str__(self) -> str:
        return f"{self.title}: {self.cause} {self.remedy}"
