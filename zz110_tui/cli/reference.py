"""docs/cli.md and its Chinese twin, made from the program's own help.

``python -m zz110_tui.cli.reference > docs/cli.md``, ``python -m zz110_tui.cli.reference zh > docs/cli.zh-CN.md``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from zz110_tui.cli.exits import MEANINGS
from zz110_tui.cli.invocation import FLAGS, VALUED

WIDTH = 100
_ENGLISH = """\
# The command line of zz110

English | [中文](cli.zh-CN.md)

This page is what `zz110 … --help` says; it is made from the program (`python -m zz110_tui.cli.reference`), and a test
holds it to it. `--help` speaks the language of the answers: `--lang en`, or `language = "en"` in the settings.

- stdout is data, stderr is talk. With `--json` stdout is one JSON document, or JSON lines for a stream, and nothing
  else.
- Times in JSON are UTC milliseconds (`opened_at`) and, beside them, local ISO 8601 (`opened_at_local`). Callers' names
  and numbers are masked.
- The options of `zz110` itself may stand before or after a command:
  {own}.
- Commands that read open the store read-only, also while a core works on it. `zz110` and `zz110 do` join the core that
  serves the store (`zz110 serve`), or are its one writer.
- The language of the lines that `zz110 do` takes is described by `zz110 do "?"`.

## Exit codes

| code | meaning |
|--:|---|"""
_CHINESE = """\
# zz110 命令行

[English](cli.md) | 中文

本页就是 `zz110 … --help` 的内容，由程序生成（`python -m zz110_tui.cli.reference zh`），有测试保证两者一致。
`--help` 与应答用同一种语言：`--lang zh`，或设置中的 `language`（默认即中文）。

- 标准输出是数据，标准错误是说明。加 `--json` 时，标准输出只有一个 JSON 文档（连续输出时每行一个），没有别的。
- JSON 中的时间是 UTC 毫秒（`opened_at`），旁边另有本地 ISO 8601 时间（`opened_at_local`）。报警人姓名、号码一律隐去。
- `zz110` 自身的选项写在命令之前、之后都可以：
  {own}。
- 查询命令以只读方式打开案卷库，核心正在使用时也可以。`zz110` 和 `zz110 do` 加入服务于该库的核心（`zz110 serve`），
  没有就自己做它唯一的写入者。
- `zz110 do` 所用的席位指令，见 `zz110 do "?"`。

## 退出码

| 退出码 | 含义 |
|--:|---|"""


def reference(language: str = "en") -> str:
    """The whole page."""
    from typer.main import get_command

    from zz110_tui.cli.helpwords import dress, letter
    from zz110_tui.cli.whole import app

    command: Any = get_command(app)
    letter(command)
    chinese = language == "zh"
    if chinese:
        dress(command)
    own = (f"`{name}`" for name in (*VALUED, *FLAGS))
    parts = [_CHINESE.format(own="、".join(own)) if chinese else _ENGLISH.format(own=", ".join(own))]
    parts += [f"| {code} | {zh if chinese else en} |" for code, (zh, en) in MEANINGS.items()]
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
    sys.stdout.write(reference(*sys.argv[1:2]))
