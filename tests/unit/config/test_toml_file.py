from __future__ import annotations

from pathlib import Path

import pytest

from zz110_tui.config.problems import Problem
from zz110_tui.config.toml_file import TomlFile, read_toml


def read(tmp_path: Path, text: str | bytes) -> TomlFile | Problem:
    path = tmp_path / "a.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_toml(path)


def test_each_key_has_its_line(tmp_path: Path) -> None:
    text = 'a = 1\n\n[b]\n"c d" = 2\ne.f = { g = 1 }\n[b.h]\n  i = 3\n'
    file = read(tmp_path, text)
    assert isinstance(file, TomlFile)
    assert file.line_of(("a",)) == 1
    assert file.line_of(("b",)) == 3
    assert file.line_of(("b", "c d")) == 4
    assert file.line_of(("b", "e", "f")) == 5
    assert file.line_of(("b", "h", "i")) == 7


def test_a_key_that_is_not_written_has_the_line_of_the_table_around_it(tmp_path: Path) -> None:
    file = read(tmp_path, "[b]\nc = { d = 1 }\n")
    assert isinstance(file, TomlFile)
    assert file.line_of(("b", "c", "d")) == 2
    assert file.line_of(("b", "missing")) == 1
    assert file.line_of(("missing",)) == 0


def test_what_looks_like_a_key_inside_a_long_text_is_none(tmp_path: Path) -> None:
    file = read(tmp_path, 'a = """\n[b]\nc = 1\n"""\n[b]\nc = 2\n')
    assert isinstance(file, TomlFile)
    assert file.line_of(("b", "c")) == 6


def test_a_byte_order_mark_is_no_matter(tmp_path: Path) -> None:
    file = read(tmp_path, b"\xef\xbb\xbflanguage = 'zh'\n")
    assert isinstance(file, TomlFile)
    assert file.data == {"language": "zh"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a = 1\nb = \n", 2),
        ("a = 1\na = 2\n", 2),
        ("[a\n", 1),
        (b"a = 1\nb = '\xff'\n", 2),
    ],
)
def test_a_file_that_is_no_toml_names_the_line_and_the_remedy(tmp_path: Path, text: str | bytes, line: int) -> None:
    problem = read(tmp_path, text)
    assert isinstance(problem, Problem)
    assert problem.line == line
    assert problem.remedy


def test_a_file_that_is_not_there_is_a_problem_and_not_a_crash(tmp_path: Path) -> None:
    problem = read_toml(tmp_path / "none.toml")
    assert isinstance(problem, Problem)
    assert str(tmp_path / "none.toml") in str(problem)


def test_a_folder_in_the_place_of_a_file_is_a_problem(tmp_path: Path) -> None:
    assert isinstance(read_toml(tmp_path), Problem)


def test_a_huge_file_is_not_read_whole(tmp_path: Path) -> None:
    problem = read(tmp_path, b"#" * 1_000_001)
    assert isinstance(problem, Problem)
    assert "1 MB" in problem.cause


def test_a_problem_prints_no_control_character(tmp_path: Path) -> None:
    problem = Problem(Path("/a\x1b[2J/b"), 3, "k\u202ey", "cause", "remedy")
    assert str(problem).isprintable()
