from __future__ import annotations

from pathlib import Path

import pytest

from zz110_tui.cli.exits import MEANINGS
from zz110_tui.cli.reference import reference

DOCS = Path(__file__).resolve().parents[3] / "docs"


@pytest.mark.parametrize(("language", "name"), [("en", "cli.md"), ("zh", "cli.zh-CN.md")])
def test_the_page_is_what_the_program_says(language: str, name: str) -> None:
    said = reference(language)
    mend = f"run: python -m zz110_tui.cli.reference {language} > docs/{name}"
    assert (DOCS / name).read_text(encoding="utf-8") == said, mend


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_command_is_on_the_page(language: str) -> None:
    said = reference(language)
    for command in ("do", "incident show", "journal verify", "city new", "calls import", "drill run replay", "doctor"):
        assert f"\n## zz110 {command}\n" in said


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_exit_code_is_on_the_page(language: str) -> None:
    said = reference(language)
    assert all(f"| {code} | {zh if language == 'zh' else en} |" in said for code, (zh, en) in MEANINGS.items())
