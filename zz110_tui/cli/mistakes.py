"""A command line written wrongly, said in the language of the answers; Typer has the words in English alone."""

from __future__ import annotations

import re
from typing import Any

import typer

from zz110_tui.cli.diagnostics import say
from zz110_tui.cli.helpwords import page_of

UsageError: Any = typer.BadParameter.__mro__[1]
"""What Typer raises for a command line that cannot be read; it is not among the names it gives out."""

_CHINESE: tuple[tuple[str, str], ...] = (
    (r"No such command '?(.+?)'?\.(?: Did you mean (.+?)\?)?", "没有命令 {0}"),
    (r"No such option: (\S+?)(?: \(Possible options: (.+)\)| Did you mean (.+)\?)?", "没有选项 {0}"),
    (r"Missing command\.", "缺少命令"),
    (r"Missing argument '(.+?)'\..*", "缺少参数 {0}"),
    (r"Missing option '(.+?)'\..*", "缺少选项 {0}"),
    (r"Option '(.+?)' requires an argument\.", "选项 {0} 后面要写值"),
    (r"Option '(.+?)' does not take a value\.", "选项 {0} 后面不写值"),
    (r"Got unexpected extra arguments? ?\(?s?\)? ?\((.+)\)", "多出了 {0}"),
    (r"Invalid value for (.+?): '?(.*?)'? is not one of (.+)\.", "{0} 不能是 {1}，可以是 {2}"),
    (r"Invalid value for (.+?): '?(.*?)'? is not in the range (.+)\.", "{0} 不能是 {1}，范围是 {2}"),
    (r"Invalid value for (.+?): '?(.*?)'? is not a valid (?:int|float).*\.", "{0} 要写数，不能是 {1}"),
    (r"Invalid value for (.+?): a number is like (.+) or (.+)", "{0} 是编号，如 {1} 或 {2}"),
    (r"Invalid value for (.+?): an incident's number has digits only, such as (.+)", "{0} 是警情号，只有数字，如 {1}"),
)
"""What Typer and our own commands say, and the same in Chinese. What is not here is said in English."""

_MEANT = re.compile(r"(?:Did you mean|Possible options:) (.+?)[?)]")


def chinese(message: str) -> str:
    """The message in Chinese, with what may have been meant."""
    for english, words in _CHINESE:
        found = re.fullmatch(english, message)
        if found:
            meant = _MEANT.search(message)
            said = words.format(*(_bare(part or "") for part in found.groups()))
            return said + (f"；是不是 {_bare(meant[1])}？" if meant else "")
    return message


def _bare(names: str) -> str:
    """Names without Python's quotes and with Chinese commas."""
    return names.replace("'", "").replace(", ", "、").replace(" or ", "、")


def say_mistake(fault: Any, language: str) -> int:
    """Say on standard error what was written wrongly; the exit code of it."""
    if language == "en" or type(fault).__name__ == "NoArgsIsHelpError":
        fault.show()
        return int(fault.exit_code)
    ctx = fault.ctx
    if ctx is not None:
        page = page_of(ctx)
        page.write_usage(ctx.command_path, " ".join(ctx.command.collect_usage_pieces(ctx)))
        say(page.getvalue().rstrip())
        say(f"帮助：{ctx.command_path} {ctx.help_option_names[0]}")
        say("")
    say(f"错误：{chinese(fault.format_message())}")
    return int(fault.exit_code)
