"""One damaged line costs one line, and every line of a file is in exactly one record."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zz110_tui.core.trouble import Trouble
from zz110_tui.drill.textlines import LONGEST_LINE, MOST_LINES, Record, opened, records


def read(path: Path, data: bytes, encoding: str = "utf-8") -> list[Record]:
    path.write_bytes(data)
    with opened(path) as source:
        return list(records(source, encoding, ",", '"'))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "calls.csv"


def test_a_quoted_cell_may_hold_line_breaks(file: Path) -> None:
    rows = read(file, b'a,"two\nlines"\nb,c\n')
    assert [(r.line, r.cells) for r in rows] == [(1, ["a", "two\nlines"]), (3, ["b", "c"])]


def test_blank_lines_are_no_rows_but_count_as_lines(file: Path) -> None:
    assert [(r.line, r.cells) for r in read(file, b"a\n\n\nb\n")] == [(1, ["a"]), (4, ["b"])]


def test_a_byte_order_mark_is_not_part_of_the_first_column(file: Path) -> None:
    assert read(file, b"\xef\xbb\xbfid,x\n")[0].cells == ["id", "x"]


def test_a_quote_that_never_closes_costs_its_own_line_only(file: Path) -> None:
    rows = read(file, b'a,1\nb,"2\nc,3\nd,4\n')
    assert [(r.line, r.cells, r.fault) for r in rows] == [
        (1, ["a", "1"], ""),
        (2, [], "bad_quotes"),
        (3, ["c", "3"], ""),
        (4, ["d", "4"], ""),
    ]


def test_a_stray_quote_cannot_swallow_the_rest_of_the_day(file: Path) -> None:
    many = 3 * MOST_LINES
    rows = read(file, b'x,"1\n' + b"y,2\n" * many)
    assert [r.fault for r in rows] == ["bad_quotes"] + [""] * many
    assert [r.line for r in rows] == list(range(1, many + 2))


def test_two_stray_quotes_do_not_glue_two_rows_together(file: Path) -> None:
    rows = read(file, b'a,b\nx",1\n"y,2\n"z,3\nc,4\n')
    assert [(r.line, r.fault) for r in rows] == [(1, ""), (2, ""), (3, "bad_quotes"), (4, "bad_quotes"), (5, "")]


def test_bytes_that_are_no_text_cost_their_line_and_can_be_read_in_the_rejects(file: Path) -> None:
    rows = read(file, b"a,1\nb\xff,2\nc,3\n")
    assert [(r.line, r.fault) for r in rows] == [(1, ""), (2, "bad_bytes"), (3, "")]
    assert rows[1].raw == "b\\xff,2\n"


def test_a_nul_costs_its_line(file: Path) -> None:
    assert [r.fault for r in read(file, b"a\n\0b\nc\n")] == ["", "nul", ""]


def test_bad_bytes_inside_a_quoted_record_leave_the_next_row_whole(file: Path) -> None:
    rows = read(file, b'a,"one\n\xfftwo"\nb,2\n')
    assert rows[-1].cells == ["b", "2"]
    assert [r.line for r in rows if r.fault] == [1, 2]


def test_a_line_without_end_does_not_fill_the_memory(file: Path) -> None:
    rows = read(file, b"a\n" + b"x" * (3 * LONGEST_LINE) + b"\nb\n")
    assert [(r.line, r.fault) for r in rows] == [(1, ""), (2, "line_too_long"), (3, "")]
    assert len(rows[1].raw) <= LONGEST_LINE


def test_gb18030_is_read_and_its_second_bytes_are_no_commas(file: Path) -> None:
    assert read(file, "打架,胜利路\n".encode("gb18030"), "gb18030")[0].cells == ["打架", "胜利路"]


def test_a_packed_file_is_known_by_its_bytes_not_by_its_name(file: Path) -> None:
    assert read(file, gzip.compress(b"a,1\nb,2\n"))[1].cells == ["b", "2"]


def test_a_packed_file_that_breaks_off_is_said_to_be_damaged(file: Path) -> None:
    packed = gzip.compress("\n".join(f"{n},{n * 7919 % 10_007}" for n in range(20_000)).encode())
    with pytest.raises(Trouble, match=r"damaged.* beyond line \d+"):
        read(file, packed[: len(packed) // 2])


def test_a_missing_file_is_trouble(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="cannot be opened"), opened(tmp_path / "no.csv"):
        raise AssertionError("opened a file that is not there")


@given(st.binary(max_size=300))
def test_no_line_is_lost_whatever_the_bytes(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("lines") / "any"
    rows = read(path, b"#" + data)  # "#": not the bytes of a packed file
    lines = data.count(b"\n") + 1
    assert all(1 <= r.line <= lines for r in rows)
    assert [r.line for r in rows] == sorted({r.line for r in rows})
    # A record begins where the one before it ended: only blank lines are in no record.
    blank = [n for n, text in enumerate((b"#" + data).split(b"\n"), 1) if not text.strip(b"\r")]
    inside = {r.line + k for r in rows for k in range(max(1, r.raw.count("\n") + (not r.raw.endswith("\n"))))}
    assert set(range(1, lines + 1)) - inside <= set(blank) | {lines}
