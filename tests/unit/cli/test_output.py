from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zz110_tui.cli import output

HOSTILE = "\x1b]52;c;YQ==\x07\x9b31m\u202e\u200b\u2028\ufeff\x7f\U000e0041"


def steers(text: str) -> list[str]:
    """Characters that move, hide or re-order something, apart from line ends."""
    return [c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp", "Cs") and c != "\n"]


@given(st.text())
def test_json_means_the_same_and_steers_no_terminal(text: str) -> None:
    written = output.to_json({"text": text})
    assert steers(written) == []
    assert json.loads(written) == {"text": text}


def test_json_shows_chinese_as_chinese() -> None:
    assert output.to_json({"地点": "胜利路"}) == '{"地点":"胜利路"}'


def test_json_refuses_what_is_no_json() -> None:
    with pytest.raises(ValueError):
        output.to_json(float("nan"))


def test_text_steers_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    output.text(HOSTILE)
    output.table(["a", "b"], [[HOSTILE, HOSTILE]])
    output.rows_csv(["a"], [{"a": HOSTILE}])
    assert steers(capsys.readouterr().out) == []


def test_columns_line_up_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    output.table(["呼号", "n"], [["07", "1"], ["机动增援", "23"]], right=(1,))
    lines = capsys.readouterr().out.splitlines()
    assert [output.width(line) for line in lines] == [12, 12, 12]
    assert lines[2] == "机动增援  23"


@pytest.mark.parametrize("formula", ["=1+1", "+cmd", "-2", "@x", "=HYPERLINK(1)"])
def test_a_spreadsheet_takes_no_text_for_a_formula(formula: str, capsys: pytest.CaptureFixture[str]) -> None:
    output.rows_csv(["a", "n"], [{"a": formula, "n": -2}])
    assert capsys.readouterr().out == f"a,n\n'{formula},-2\n"


@pytest.mark.parametrize("count", [0, 1, 3])
def test_documents_are_the_array_that_one_document_would_be(count: int, capsys: pytest.CaptureFixture[str]) -> None:
    values = [{"地点": "胜利路\n二段", "in": [{"n": n}, []]} for n in range(count)]
    output.document(values)
    wanted = capsys.readouterr().out
    assert output.documents(iter(values)) == count
    assert capsys.readouterr().out == wanted


def test_what_is_long_is_written_as_it_comes_and_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many there are: never more than a first screenful is taken before something is written."""
    taken, ahead = 0, list[int]()
    written = 0

    def write(data: str) -> None:
        nonlocal written
        written += data.count("\n  {") or data.count("\n")
        ahead.append(taken - written)

    def rows() -> Iterator[list[str]]:
        nonlocal taken
        for number in range(10_000):
            taken += 1
            yield [str(number), "x" * (number % 7)]

    monkeypatch.setattr(output, "_write", write)
    assert output.table(["no", "x"], rows()) == 10_000
    assert max(ahead) <= output.LINED_UP
    taken, written = 0, 0
    ahead.clear()
    assert output.documents({"n": row[0]} for row in rows()) == 10_000
    assert max(ahead) <= 1
