from __future__ import annotations

from pathlib import Path

import pytest

from zz110_tui.config.bundled import bundled
from zz110_tui.config.layouts import LIMITS, Layout, keep_layout, layout_problems, load_layout
from zz110_tui.core.trouble import Trouble

SHIPPED = sorted(bundled("layouts").glob("*.toml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_layout_can_be_used(path: Path) -> None:
    assert layout_problems(path) == []
    assert load_layout(path).name == path.stem


def test_the_usual_layout_is_the_one_without_a_file() -> None:
    assert load_layout(bundled("layouts", "default.toml")) == Layout()


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    mine = Layout(name="mine").resized("list", 8).swapped("list", "units")
    path = keep_layout(mine, tmp_path)
    again = load_layout(path)
    assert (again.columns, again.sizes, again.name) == (mine.columns, mine.sizes, "mine")
    assert [p.name for p in path.parent.iterdir()] == ["mine.toml"], "nothing unfinished is left"


@pytest.mark.parametrize("name", ["../up", "", "a b", "Ä", "x" * 21, ".hidden", "\u001b[31m"])
def test_a_name_that_is_no_plain_file_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Trouble) as raised:
        keep_layout(Layout(name=name), tmp_path / "in")
    assert "night-shift" in raised.value.remedy
    assert list(tmp_path.rglob("*")) == []


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "layouts").write_text("in the way", encoding="utf-8")
    with pytest.raises(Trouble) as raised:
        keep_layout(Layout(name="mine"), tmp_path)
    assert "layouts" in raised.value.cause


@pytest.mark.parametrize("size", list(LIMITS))
def test_a_size_stays_within_its_limits(size: str) -> None:
    least, most = LIMITS[size]
    assert Layout().resized(size, -1000).sizes[size] == least
    assert Layout().resized(size, 1000).sizes[size] == most


@pytest.mark.parametrize(
    ("old", "new", "key", "hint"),
    [
        ("list = 40", "list = 90", "list", "list = 40"),
        ("list = 40", "list = true", "list", "list = 40"),
        ("units = 34\n", "", "units", "units = 34"),
        ('"map", "units"]', '"map", "map"]', "columns", '"units"'),
        ('"map", "units"]', '"map"]', "columns", '"units"'),
        ('en = "Usual"', 'en = "\\u001b[2J"', "words", "en ="),
        ("narrow = 60", "narrow = 60\ntop = 1", "top", "narrow"),
    ],
)
def test_what_is_wrong_is_named_with_line_and_remedy(tmp_path: Path, old: str, new: str, key: str, hint: str) -> None:
    text = bundled("layouts", "default.toml").read_text(encoding="utf-8")
    head, found, tail = text.rpartition(old)
    assert found
    path = tmp_path / "mine.toml"
    path.write_text(head + new + tail, encoding="utf-8")
    (problem,) = layout_problems(path)
    assert (problem.key, bool(problem.line)) == (key, key != "units")
    assert hint in problem.remedy
    with pytest.raises(Trouble, match=r"mine\.toml"):
        load_layout(path)
