"""From the roles of a theme to the styles of Rich, at the colour depth of the terminal."""

from __future__ import annotations

import os
from collections.abc import Mapping

from rich.style import Style

from zz110_tui.config.themes import Depth, Role, Theme


def depth_for(wanted: str, environment: Mapping[str, str] | None = None) -> Depth:
    """The depth of the setting ``colour``; ``auto`` looks at NO_COLOR, COLORTERM and TERM (terminfo is no help: it
    calls most terminals by the same name)."""
    if wanted != "auto":
        return Depth(wanted)
    env = os.environ if environment is None else environment
    term = env.get("TERM", "")
    if env.get("NO_COLOR") or term in ("", "dumb", "vt100", "vt102", "vt220"):
        return Depth.NONE
    if env.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return Depth.TRUE
    if term == "linux":
        return Depth.C8
    if term in ("xterm", "screen", "ansi", "cygwin"):
        return Depth.C16
    return Depth.C256


class Looks:
    """The style of each role of a theme at one depth."""

    def __init__(self, theme: Theme, depth: Depth) -> None:
        self.theme = theme
        self.depth = depth
        self._styles = {role: Style.parse(theme.style(role, depth)) for role in Role}

    def __getitem__(self, role: Role) -> Style:
        return self._styles[role]
