"""``--help`` in the language of the answers: English stands in the source, Chinese in the tables beside this module.

``dress`` puts the Chinese on a tree of commands before anything of it is shown. A test holds that nothing is missing.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer

from zz110_tui.cli.output import width

_EXTRA = re.compile(r"\[(?:default: [^\[\]]*|[^\[\]]*; required|required)\]$")
_HEADINGS = {"Options": "选项", "Arguments": "参数", "Commands": "命令"}
_USAGE = {"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 [参数]…"}
_STAYS_BEFORE = "，。、；：？！）》”’…"
_STAYS_AFTER = "（《“‘"
_SPLIT = re.compile(r"(?<=[\u2e80-\uffef”])\n\s*(?=[\u2e80-\uffef“])")
"""The end of a line in the middle of Chinese text: there is no blank there."""
_PIECES = re.compile(r"[^\u2e80-\uffef‘’“”…\s]+|\s+|.")


class _Page:
    """A page of help as Typer has it written piece by piece: headings in Chinese, text wrapped by its columns."""

    def __init__(self, width: int | None = None, max_width: int | None = None) -> None:
        self.width = width or max(min(shutil.get_terminal_size().columns, max_width or 80) - 2, 50)
        self._indent = ""
        self._parts: list[str] = []

    def getvalue(self) -> str:
        return "".join(self._parts)

    def write(self, text: str) -> None:
        self._parts.append(text)

    def write_paragraph(self) -> None:
        if self._parts:
            self.write("\n")

    @contextmanager
    def indentation(self) -> Iterator[None]:
        before = self._indent
        self._indent += "  "
        try:
            yield
        finally:
            self._indent = before

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        self.write_paragraph()
        self.write(f"{self._indent}{_HEADINGS.get(name, name)}：\n")
        with self.indentation():
            yield

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        for english, chinese in _USAGE.items():
            args = args.replace(english, chinese)
        self.write(f"{self._indent}{'用法：' if prefix is None else prefix}{prog} {args}\n")

    def write_text(self, text: str) -> None:
        parts = re.split(r"\n\s*\n", text.strip("\n"))
        self.write("\n\n".join(_paragraph(part, self._indent, self.width) for part in parts) + "\n")

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        from zz110_tui.cli.helpwords_options import OPTIONS

        shown = [(first, _extras(OPTIONS.get(second, second))) for first, second in rows]
        column = min(max(width(first) for first, _ in shown), col_max) + col_spacing
        for first, second in shown:
            lines = fill(second, max(self.width - len(self._indent) - column, 10))
            if width(first) <= column - col_spacing and lines:
                self.write(f"{self._indent}{first}{' ' * (column - width(first))}{lines.pop(0)}\n")
            else:
                self.write(f"{self._indent}{first}\n")
            for line in lines:
                self.write(f"{self._indent}{' ' * column}{line}\n")


class _Context(typer.Context):
    formatter_class: Any = _Page


def page_of(ctx: typer.Context) -> _Page:
    """An empty page as wide as the context's."""
    return _Page(ctx.terminal_width, ctx.max_content_width)


def letter(command: Any) -> None:
    """Call what has no name of its own by a letter, in either language: N a number, TEXT anything else."""
    for param in command.params:
        if param.metavar is None and not getattr(param, "is_flag", False):
            kind = param.type.name
            param.metavar = "N" if kind.startswith(("int", "float")) else "TEXT" if kind in ("str", "text") else None
    for inner in getattr(command, "commands", {}).values():
        letter(inner)


def dress(command: Any, path: str = "zz110") -> None:
    """Put the Chinese words on a command and all under it. What has none keeps its English."""
    from zz110_tui.cli.helpwords_city import CITY
    from zz110_tui.cli.helpwords_options import EPILOG, OPTIONS
    from zz110_tui.cli.helpwords_room import ROOM
    from zz110_tui.cli.helpwords_store import STORE

    words = ROOM | STORE | CITY
    command.context_class = _Context
    command.options_metavar = "[选项]"
    if path in words:
        command.help = words[path].strip("\n")
        command.short_help = command.help.partition("\n")[0].removesuffix("。")
    if command.epilog:
        command.epilog = EPILOG
    for param in command.params:
        if getattr(param, "help", None) in OPTIONS:
            param.help = OPTIONS[param.help]
    for name, inner in getattr(command, "commands", {}).items():
        dress(inner, f"{path} {name}")


def asks_for_help(command: Any, args: Sequence[str]) -> bool:
    """Whether a command line will be answered with help: it says so, or ends where a command is still to be named."""
    if {"-h", "--help"} & set(args):
        return True
    for arg in args:
        command = getattr(command, "commands", {}).get(arg, command)
    return bool(command.no_args_is_help)


def tongue(args: Sequence[str]) -> str:
    """The language of help: ``--lang``, else the settings', else Chinese; English where Chinese cannot be shown.

    A settings file that cannot be read has no say here: whoever asks for help gets help.
    """
    for at, arg in enumerate(args):
        if arg == "--":
            break
        if arg == "--lang" or arg.startswith("--lang="):
            said = arg.partition("=")[2] or "".join(args[at + 1 : at + 2])
            return "en" if said == "en" else "zh"
    return _settled(args) if _can_show("中") else "en"


def _settled(args: Sequence[str]) -> str:
    import tomllib

    from zz110_tui.config.folders import SETTINGS, config_folders
    from zz110_tui.core.trouble import Trouble

    named = next((args[at + 1] for at, arg in enumerate(args[:-1]) if arg == "--config-dir"), "")
    named = next((arg.partition("=")[2] for arg in args if arg.startswith("--config-dir=")), named)
    try:
        folders = config_folders(Path(named) if named else None)
    except Trouble:
        return "zh"
    for folder in folders:
        try:
            said = tomllib.loads((folder.path / SETTINGS).read_text(encoding="utf-8")).get("language")
        except (OSError, ValueError):
            continue
        if said in ("zh", "en"):
            return str(said)
    return "zh"


def _can_show(letter: str) -> bool:
    try:
        letter.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True


def fill(text: str, columns: int) -> list[str]:
    """Lines of at most ``columns`` columns: broken at blanks and between Chinese characters, but before no mark that
    ends and after no mark that begins something."""
    lines: list[str] = []
    line = ""
    for piece in _glued(" ".join(_SPLIT.sub("", text).split())):
        if line and width(line) + width(piece.rstrip()) > columns:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    if line.strip():
        lines.append(line.rstrip())
    return lines


def _glued(text: str) -> list[str]:
    pieces: list[str] = []
    for piece in _PIECES.findall(text):
        if pieces and (piece in _STAYS_BEFORE or pieces[-1][-1] in _STAYS_AFTER):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _paragraph(part: str, indent: str, columns: int) -> str:
    """A paragraph as it is drawn; one that begins with ``\\b`` keeps its lines."""
    lines = part.split("\n")
    kept = lines[1:] if lines[0].strip() == "\b" else fill(part, columns - len(indent))
    return "\n".join(indent + line for line in kept)


def _extras(text: str) -> str:
    """``[default: 1; x>=0]`` and ``[required]``, which Typer adds at the end, in Chinese."""
    return _EXTRA.sub(lambda found: found[0].replace("default: ", "默认 ").replace("required", "必填"), text)
