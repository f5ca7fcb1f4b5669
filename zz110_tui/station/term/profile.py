"""What has to be so in the environment before Textual is imported for the first time."""

from __future__ import annotations

import os
from collections.abc import Mapping, MutableMapping
from importlib.metadata import version

SETTINGS = {
    # The Kitty keyboard protocol loses what Chinese input methods send on several terminals (performance.md).
    "TEXTUAL_DISABLE_KITTY_KEY": "1",
    # Nothing moves by itself.
    "TEXTUAL_ANIMATIONS": "none",
}

STALE = ("COLUMNS", "LINES")
"""A shell that exports these says how large its window was once; the terminal itself knows how large it is."""


KNOWN_VERSION = "8.2.8"
"""Whose private classes ``painter`` was written for; any other version is drawn as Textual draws."""
SWITCH = "ZZ110_CELL_DIFF"


def diff_is_on(environment: Mapping[str, str] | None = None, textual: str = "") -> bool:
    """Whether the desk is drawn by cells: the switch is not off, and Textual is the one that is known."""
    env = os.environ if environment is None else environment
    return env.get(SWITCH, "1") not in ("0", "off", "no") and (textual or version("textual")) == KNOWN_VERSION


def prepare(environment: MutableMapping[str, str] | None = None) -> None:
    """Set what Textual reads at import, unless the user has set it himself, and drop what misleads it."""
    env = os.environ if environment is None else environment
    for name, value in SETTINGS.items():
        env.setdefault(name, value)
    for name in STALE:
        env.pop(name, None)
