from __future__ import annotations

from pathlib import Path

from zz110_tui.cli.exits import MEANINGS
from zz110_tui.cli.reference import reference

PAGE = Path(__file__).resolve().parents[3] / "docs" / "cli.md"


def test_the_page_is_what_the_program_says() -> None:
    said = reference()
    assert PAGE.read_text(encoding="utf-8") == said, "run: python -m zz110_tui.cli.reference > docs/cli.md"


def test_every_command_is_on_the_page() -> None:
    said = reference()
    for command in ("do", "incident show", "journal verify", "city new", "calls import", "drill run replay", "doctor"):
        assert f"\n## zz110 {command}\n" in said


def test_every_exit_code_is_on_the_page() -> None:
    assert all(f"| {code} | {en} | {zh} |" in reference() for code, (zh, en) in MEANINGS.items())
