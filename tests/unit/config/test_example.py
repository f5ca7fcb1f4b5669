"""``config.example.toml`` is documentation that is executed."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from zz110_tui.config.bundled import EXAMPLE, bundled
from zz110_tui.config.example import example
from zz110_tui.config.fields import all_fields, problems_in
from zz110_tui.config.settings import Settings
from zz110_tui.config.toml_file import TomlFile, read_toml

ROOT = Path(__file__).resolve().parents[3]


def test_the_example_is_written_from_the_model() -> None:
    now = "python -m zz110_tui.config.example > config.example.toml"
    assert (ROOT / EXAMPLE).read_text(encoding="utf-8") == example(), now


def test_the_example_as_it_is_changes_nothing() -> None:
    file = read_toml(bundled(EXAMPLE))
    assert isinstance(file, TomlFile)
    assert problems_in(file) == []
    assert all(not value or isinstance(value, dict) for value in file.data.values())


def test_every_line_of_the_example_can_be_taken_out_of_its_comment(tmp_path: Path) -> None:
    text = re.sub(r"^# (?=[\w\"]+ = )", "", example(), flags=re.MULTILINE)
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    file = read_toml(path)
    assert isinstance(file, TomlFile)
    assert problems_in(file) == []
    assert tomllib.loads(text)["limits"]["p4"]["unfed_back"] == Settings().limits.p4.unfed_back
    for field in all_fields():
        node = file.data
        for part in field.key:
            node = node[part]
        assert node == field.default or field.key == ("aliases",)
