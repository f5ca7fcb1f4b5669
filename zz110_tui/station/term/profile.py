"""What has to be so in the environment before Textual is imported for the first time."""

from __future__ import annotations

import os
from collections.abc import MutableMapping

SETTINGS = {
    # The Kitty keyboard protocol loses what Chinese input methods send on several terminals (performance.md).
    "TEXTUAL_DISABLE_KITTY_KEY": "1",
    # Nothing moves by itself.
    "TEXTUAL_ANIMATIONS": "none",
}

STALE = ("COLUMNS", "LINES")
"""A shell that exports these says how large its window was once; the terminal itself knows how large it is."""


def prepare(environment: MutableMapping[str, str] | None = None) -> None:
    """Set what Textual reads at import, unless the user has set it himself, and drop what misleads it."""
    env = os.environ if environment is None else environment
    for name, value in SETTINGS.items():
        env.setdefault(name, value)
    for name in STALE:
        env.pop(name, None)
