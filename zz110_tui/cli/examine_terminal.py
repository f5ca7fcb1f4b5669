"""Checks of ``zz110 doctor``: the program itself, the terminal, and how text is written here."""

from __future__ import annotations

import codecs
import locale
import os
import platform
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import version

from zz110_tui.cli.examine import Finding, ok
from zz110_tui.cli.invocation import Invocation
from zz110_tui.core.rulebook import Words

SMALLEST = (80, 24)
SAFE_SQLITE = (3, 51, 3)
"""Versions 3.7.0 to 3.51.2 can damage a file when its write-ahead log is reset (performance.md)."""


def program(invocation: Invocation) -> Iterator[Finding]:
    import apsw

    python = platform.python_version()
    yield ok("program", f"zz110 {version('zz110-tui')} · Python {python} · {platform.system()} {platform.machine()}")
    library = apsw.sqlite_lib_version()
    if tuple(int(part) for part in library.split(".")[:3]) >= SAFE_SQLITE:
        yield ok("sqlite", f"SQLite {library} (apsw {apsw.apsw_version()})")
    else:
        yield Finding(
            "sqlite",
            "bad",
            Words(f"SQLite {library} 有损坏文件的缺陷", f"SQLite {library} has a bug that can damage a file"),
            Words("升级 apsw：pip install -U apsw", "upgrade apsw: pip install -U apsw"),
        )


def terminal(invocation: Invocation) -> Iterator[Finding]:
    size = _size()
    if size is None:
        yield Finding(
            "terminal",
            "warn",
            Words("没有终端", "there is no terminal"),
            Words("席位要在终端里打开；脚本用 zz110 do", "the desk needs a terminal; scripts use zz110 do"),
        )
        return
    columns, rows = size
    if columns >= SMALLEST[0] and rows >= SMALLEST[1]:
        yield ok("terminal", f"{columns}x{rows}")
    else:
        yield Finding(
            "terminal",
            "warn",
            Words(f"{columns}x{rows}，小于 80x24", f"{columns}x{rows} is smaller than 80x24"),
            Words("放大窗口，或缩小字体", "make the window larger, or the font smaller"),
        )
    yield colours(os.environ)
    yield drawing(os.environ)


def drawing(env: Mapping[str, str]) -> Finding:
    """Whether only changed cells are written."""
    from zz110_tui.station.term.profile import KNOWN_VERSION, SWITCH, diff_is_on

    if diff_is_on(env):
        return ok("drawing", "只写变了的格", "only cells that changed are written")
    return Finding(
        "drawing",
        "warn",
        Words("整行重写，慢线会卡", "whole lines are rewritten: slow on a thin line"),
        Words(
            f"去掉环境变量 {SWITCH}，并用 textual {KNOWN_VERSION}",
            f"unset {SWITCH}, and use textual {KNOWN_VERSION}",
        ),
    )


def colours(env: Mapping[str, str]) -> Finding:
    """What the terminal's name promises; terminals are not asked, because some print the question."""
    name = env.get("TERM", "")
    if name in ("", "dumb", "unknown"):
        return Finding(
            "colours",
            "warn",
            Words(
                f"TERM={name or '（空）'}：不知道终端能显示什么", f"TERM={name or '(empty)'}: unknown what it can show"
            ),
            Words("export TERM=xterm-256color", "export TERM=xterm-256color"),
        )
    if env.get("NO_COLOR"):
        return ok("colours", f"TERM={name} · NO_COLOR：不用颜色", f"TERM={name} · NO_COLOR: no colours")
    if env.get("COLORTERM", "") in ("truecolor", "24bit") or name.endswith(("-direct", "-truecolor")):
        return ok("colours", f"TERM={name} · 1600 万色", f"TERM={name} · 16 million colours")
    if "256" in name:
        return ok("colours", f"TERM={name} · 256 色", f"TERM={name} · 256 colours")
    if name.startswith(("linux", "vt")):
        return ok("colours", f"TERM={name} · 8 色，不用亮色", f"TERM={name} · 8 colours, no bright ones")
    return ok("colours", f"TERM={name} · 16 色", f"TERM={name} · 16 colours")


def encoding(invocation: Invocation) -> Iterator[Finding]:
    yield written_as(sys.stdout.encoding or "ascii")
    wanted = next((os.environ[n] for n in ("LC_ALL", "LC_CTYPE", "LANG") if os.environ.get(n)), "")
    try:
        locale.setlocale(locale.LC_CTYPE, "")
    except locale.Error:
        yield Finding(
            "locale",
            "warn",
            Words(f"本机没有区域设置 {wanted}", f"this machine does not have the locale {wanted}"),
            Words("export LC_ALL=C.UTF-8，或用 locale -a 里的一个", "export LC_ALL=C.UTF-8, or one of locale -a"),
        )
    else:
        yield ok("locale", wanted or "C")


def written_as(name: str) -> Finding:
    """Whether Chinese can be written in the encoding of standard output."""
    known = codecs.lookup(name).name
    if known == "utf-8":
        return ok("text", "UTF-8")
    if known in ("gbk", "gb18030", "gb2312"):
        return Finding(
            "text",
            "warn",
            Words(f"{known}：少数符号会变成 ?", f"{known}: a few signs become ?"),
            Words("能用 UTF-8 则 export LC_ALL=C.UTF-8", "where UTF-8 is possible: export LC_ALL=C.UTF-8"),
        )
    return Finding(
        "text",
        "bad",
        Words(f"{known}：写不出中文", f"{known}: Chinese cannot be written"),
        Words("export LC_ALL=C.UTF-8，并让终端用 UTF-8", "export LC_ALL=C.UTF-8, and set the terminal to UTF-8"),
    )


def _size() -> tuple[int, int] | None:
    """Columns and rows of the terminal this was called from, whichever of its streams is one."""
    for stream in (sys.__stdout__, sys.__stderr__, sys.__stdin__):
        try:
            if stream is not None and stream.isatty():
                size = os.get_terminal_size(stream.fileno())
                return size.columns, size.lines
        except OSError:
            continue
    return None
