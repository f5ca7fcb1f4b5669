"""docs/cli.md, made from the program's own help: ``python -m zz110_tui.cli.reference > docs/cli.md``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from zz110_tui.cli.exits import MEANINGS

WIDTH = 100
_INTRODUCTION = """\
# The command line of zz110 · 命令行

This page is what `zz110 … --help` says; it is made from the program (`python -m zz110_tui.cli.reference`), and a test
holds it to it.

- stdout is data, stderr is talk. With `--json` stdout is one JSON document, or JSON lines for a stream, and nothing
  else.
- Times in JSON are UTC milliseconds (`opened_at`) and, beside them, local ISO 8601 (`opened_at_local`). Callers' names
  and numbers are masked.
- The options of `zz110` itself (`--store`, `--config-dir`, `--city`, `--lang`, `--desk`, `--person`, `--duty`,
  `--drill`, `--core`, `--ca`, `--account`, `--password-file`) may stand before or after a command.
- Commands that read open the store read-only, also while a core works on it. `zz110` and `zz110 do` join the core that
  serves the store (`zz110 serve`), or are its one writer.
- The language of the lines that `zz110 do` takes is described by `zz110 do "?"`.
"""


def reference() -> str:
    """The whole page."""
    from typer.main import get_command

    from zz110_tui.cli.main import app

    command: Any = get_command(app)
    parts = [_INTRODUCTION, "## Exit codes · 退出码", "", "| code | meaning | 含义 |", "|--:|---|---|"]
    parts += [f"| {code} | {en} | {zh} |" for code, (zh, en) in MEANINGS.items()]
    for name, text in _pages(command, "zz110", None):
        parts += ["", f"## {name}", "", "```text", text, "```"]
    return "\n".join(parts) + "\n"


def _pages(command: Any, name: str, parent: Any) -> Iterator[tuple[str, str]]:
    context = command.context_class(
        command, info_name=name, parent=parent, **{**command.context_settings, "terminal_width": WIDTH}
    )
    lines = command.get_help(context).splitlines()
    yield context.command_path, "\n".join(line.rstrip() for line in lines)
    for each, inner in getattr(command, "commands", {}).items():
        yield from _pages(inner, each, context)


if __name__ == "__main__":
    sys.stdout.write(reference())
