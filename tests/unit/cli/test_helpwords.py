"""``--help`` in Chinese: nothing is missing, nothing is left over, and both languages name the same things."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from zz110_tui.cli import helpwords
from zz110_tui.cli.helpwords import asks_for_help, dress, fill, letter, tongue
from zz110_tui.cli.helpwords_city import CITY
from zz110_tui.cli.helpwords_options import OPTIONS
from zz110_tui.cli.helpwords_room import ROOM
from zz110_tui.cli.helpwords_store import STORE
from zz110_tui.cli.output import width
from zz110_tui.cli.whole import app
from zz110_tui.config import folders

COMMANDS = {**ROOM, **STORE, **CITY}
CHINESE = re.compile("[\u3400-\u9fff]")
NAMED = re.compile(r"--[a-z][a-z-]+|(?<![A-Za-z0-9])[A-Z_0-9]{4,}(?![A-Za-z0-9])|docs/[a-z-]+\.md|[a-z]+\.toml|\d\d+")
"""What a person could type or look for, beside commands: options, variables, files, numbers."""
OF_CLICK = "Show this message and exit."


def named(text: str) -> set[str]:
    return set(NAMED.findall(text)) | {path for path in COMMANDS if path in text}


def tree(command: Any, path: str = "zz110") -> Iterator[tuple[str, Any]]:
    yield path, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from tree(inner, f"{path} {name}")


def test_every_command_and_option_has_its_chinese_words_and_no_words_are_left_over() -> None:
    every = dict(tree(get_command(app)))
    options = {text for command in every.values() for p in command.params if (text := getattr(p, "help", None))}
    assert set(COMMANDS) == set(every), "zz110_tui/cli/helpwords_room.py, _store.py, _city.py"
    assert set(OPTIONS) - {OF_CLICK} == options, "zz110_tui/cli/helpwords_options.py: from the English to the Chinese"


def test_what_stands_in_the_source_is_english_alone() -> None:
    for path, command in tree(get_command(app)):
        lines = f"{command.help}\n{command.short_help or ''}".splitlines()
        prose = [line for line in lines if not line.lstrip().startswith(("zz110 ", "\b"))]
        assert not CHINESE.search("\n".join(prose)), path
        assert not any(CHINESE.search(getattr(p, "help", None) or "") for p in command.params), path


def test_both_languages_name_the_same_commands_options_files_and_numbers() -> None:
    for path, command in tree(get_command(app)):
        assert named(COMMANDS[path]) == named(command.help), path
    for english, chinese in OPTIONS.items():
        assert named(chinese) == named(english), english


def test_a_dressed_tree_says_nothing_in_english_but_what_is_typed() -> None:
    command: Any = get_command(app)
    letter(command)
    dress(command)
    for path, each in tree(command):
        context = each.context_class(each, info_name=path, terminal_width=78)
        said = each.get_help(context)
        assert said.startswith(f"用法：{path} ")
        assert not re.search(
            r"<(?:int|float|str)|Usage|Options:|Commands|Arguments|required|default|Show this", said
        ), path
        kept = [line for line in said.splitlines() if "zz110 " not in line]
        assert max(width(line) for line in kept) <= 80, path


def test_lines_are_filled_by_columns_and_break_before_no_mark() -> None:
    assert fill("案卷库，写路径或名称。", 12) == ["案卷库，写路", "径或名称。"]
    assert fill("一二三，四五六", 6) == ["一二", "三，四", "五六"]
    assert fill("用 --store 指明", 9) == ["用", "--store", "指明"]
    assert fill("前一行；\n后一行", 40) == ["前一行；后一行"]
    assert fill("见 --json\n和 --csv", 40) == ["见 --json 和 --csv"]
    assert fill("", 40) == []


def test_a_line_is_answered_with_help_where_it_asks_or_lacks_a_command() -> None:
    command = get_command(app)
    assert asks_for_help(command, ["do", "--help"])
    assert asks_for_help(command, ["incident", "-h"])
    assert asks_for_help(command, ["incident"])
    assert not asks_for_help(command, [])
    assert not asks_for_help(command, ["incident", "list"])
    assert not asks_for_help(command, ["do", "d 3 142"])


def test_help_speaks_what_was_said_then_what_is_set_then_chinese(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(helpwords, "_can_show", lambda letter: True)
    monkeypatch.setenv("ZZ110_CONFIG_DIR", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(folders, "MACHINE_FOLDER", tmp_path / "machine")
    assert tongue(["--help"]) == "zh"
    (tmp_path / "config.toml").write_text('language = "en"\n', encoding="utf-8")
    assert tongue(["--help"]) == "en"
    assert tongue(["--lang", "zh", "--help"]) == "zh"
    assert tongue(["--lang=en", "--help"]) == "en"
    other = tmp_path / "other"
    other.mkdir()
    (other / "config.toml").write_text('language = "zh"\n', encoding="utf-8")
    assert tongue(["--config-dir", str(other), "--help"]) == "zh"
    (tmp_path / "config.toml").write_text("language = \n", encoding="utf-8")
    assert tongue(["--help"]) == "zh"
    assert tongue(["--config-dir", str(tmp_path / "nowhere"), "--help"]) == "zh"


def test_help_is_english_where_chinese_cannot_be_shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(helpwords, "_can_show", lambda letter: False)
    monkeypatch.setenv("ZZ110_CONFIG_DIR", str(tmp_path))
    assert tongue(["--help"]) == "en"
    assert tongue(["--lang", "zh"]) == "zh"
