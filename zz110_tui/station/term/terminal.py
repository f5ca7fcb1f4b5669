"""What is known of a terminal before it is asked: by its name, the locale, and what its user set."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from zz110_tui.config.problems import both
from zz110_tui.core.trouble import Trouble

EXIT_NO_TERMINAL = 69
"""There is no terminal to draw on (EX_UNAVAILABLE of sysexits.h)."""

WITHOUT_CURSOR = ("", "dumb", "unknown")
OLD = ("linux", "vt100", "vt102", "vt220", "vt320", "ansi", "cygwin")
"""Consoles that cannot draw more than ASCII, and know the attributes of a VT100."""
CHINESE_CODES = ("gb18030", "gbk", "gb2312", "cp936", "euccn")


@dataclass(frozen=True, slots=True)
class Terminal:
    """``encoding`` is UTF-8 or GB18030. ``asks``: it may be asked whether it has drawn what it was sent. ``probes``: it
    may be asked how wide its signs are. ``partial``: single attributes can be switched off. ``erases``: erasing takes
    the ground's colour. ``links``: it knows OSC 8. ``bandwidth`` is ``auto``, ``full`` or ``low``."""

    encoding: str = "utf-8"
    asks: bool = False
    probes: bool = False
    partial: bool = True
    erases: bool = False
    links: bool = True
    bandwidth: str = "auto"


def locale_of(env: Mapping[str, str]) -> str:
    return env.get("LC_ALL") or env.get("LC_CTYPE") or env.get("LANG") or ""


def encoding_for(wanted: str, environment: Mapping[str, str] | None = None) -> str:
    """The encoding of the setting ``encoding``; ``auto`` looks at the locale."""
    if wanted != "auto":
        return wanted
    code = locale_of(os.environ if environment is None else environment).partition(".")[2].partition("@")[0]
    return "gb18030" if code.lower().replace("-", "").replace("_", "") in CHINESE_CODES else "utf-8"


def terminal_for(
    *, encoding: str, glyphs: str, terminal: str, bandwidth: str, environment: Mapping[str, str] | None = None
) -> Terminal:
    """Raises Trouble for a terminal that cannot place a cursor."""
    env = os.environ if environment is None else environment
    name = env.get("TERM", "")
    if name in WITHOUT_CURSOR:
        raise Trouble(
            both(f"TERM={name or '（空）'} 的终端画不了席位", f"no desk can be drawn on TERM={name or '(empty)'}"),
            both("它不能移动光标", "it cannot move a cursor"),
            both(
                "按终端实际类型设置，如 export TERM=xterm；或用 zz110 do",
                "set what it really is, such as export TERM=xterm; or use zz110 do",
            ),
            exit_code=EXIT_NO_TERMINAL,
        )
    old, plain = name in OLD, terminal == "plain"
    code = encoding_for(encoding, env)
    return Terminal(
        encoding=code,
        asks=not plain,
        probes=not plain and not old and glyphs == "auto" and code == "utf-8" and "utf" in locale_of(env).lower(),
        partial=name == "linux" or not old,
        erases=_erases(name),
        links=not old and not plain,
        bandwidth=bandwidth,
    )


def _erases(name: str) -> bool:
    """Whether terminfo says that erasing takes the colour of the ground; no where it knows nothing."""
    try:
        import curses

        curses.setupterm(name, 2)
        return curses.tigetflag("bce") > 0
    except (ImportError, curses.error):
        return False
