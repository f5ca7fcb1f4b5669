"""Values whose ``__init__`` is written at its first call (ADR 85): Hypothesis reads it before there is one."""

from __future__ import annotations

import contextlib
import sys
from typing import Any


def write_all() -> None:
    """Have it written now for every class of values that is loaded."""
    for name, module in tuple(sys.modules.items()):
        if name.startswith("zz110_tui."):
            for cls in tuple(vars(module).values()):
                if isinstance(cls, type) and "__dataclass_fields__" in vars(cls):
                    _write(cls)


def _write(cls: Any) -> None:
    if cls.__init__.__code__.co_name == "first":
        with contextlib.suppress(TypeError, ValueError):  # it is written, and then misses its values
            cls.__init__(object.__new__(cls))
