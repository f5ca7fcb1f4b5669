"""Which zz110 this is, as it is told over a link."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version


@cache
def program() -> str:
    """The version of this program; "?" where it was not installed."""
    try:
        return version("zz110-tui")
    except PackageNotFoundError:
        return "?"
