"""A line taken apart: verb, words, text."""

from __future__ import annotations

import pytest

from zz110_tui.language.line import Line, field_of, quoted, read_line, unquoted

KNOWN = {"n", "d", "派", "?", "新警"}


@pytest.mark.parametrize(
    ("raw", "verb", "words", "text"),
    [
        ("d 3,7 42", "d", ("3,7", "42"), None),
        ("  d   3,7\t42  ", "d", ("3,7", "42"), None),
        ("d 3,7 42 / 嫌疑人持刀，注意安全", "d", ("3,7", "42"), "嫌疑人持刀，注意安全"),
        ("d 42 /", "d", ("42",), ""),
        ("d 42 / ", "d", ("42",), ""),
        ("d 42 /立即", "d", ("42",), "立即"),
        ("d 42 / a / b", "d", ("42",), "a / b"),
        ("/ text", "", (), "text"),
        ("n 1/2", "n", ("1/2",), None),
        ('n @"A / B" / text', "n", ('@"A / B"',), "text"),
        ("n @“东门 口” / x", "n", ("@“东门 口”",), "x"),
        ('n @"open / text', "n", ('@"open',), "text"),
        # Full width, as a Chinese input method leaves it.
        ("ｄ　３，７　４２　／　ＡＢ１２", "d", ("3,7", "42"), "ＡＢ１２"),
        ("n ｔ＝打架 ＠Ｆ７", "n", ("t=打架", "@F7"), None),
        # Blanks where people put them.
        ("d 3, 7 42", "d", ("3,7", "42"), None),
        ("d 3 ,7 42", "d", ("3,7", "42"), None),
        ("d 3、 7 42", "d", ("3、7", "42"), None),
        ("n 打架 @ 胜利路", "n", ("打架", "@胜利路"), None),
        ("n @胜利路 x 延安路", "n", ("@胜利路×延安路",), None),
        ("n @胜利路 与 延安路 打架", "n", ("@胜利路×延安路", "打架"), None),
        ("n at=胜利路 x 延安路", "n", ("at=胜利路×延安路",), None),
        ("n @117.65, 24.51", "n", ("@117.65,24.51",), None),
        ("d 3 x 7", "d", ("3", "x", "7"), None),
        ("n @胜利路 x", "n", ("@胜利路", "x"), None),
        ("n @胜利路 x t=打架", "n", ("@胜利路", "x", "t=打架"), None),
        # A Chinese verb, or ?, needs no blank before a number or a place.
        ("派03 142", "派", ("03", "142"), None),
        ("新警@F7 打架", "新警", ("@F7", "打架"), None),
        ("派r17", "派", ("r17",), None),
        ("派对 142", "派对", ("142",), None),
        # Nothing that steers a terminal gets past the edge.
        ("d\x1b[31m 42 / \x1b]0;x\x07", "d␛[31m", ("42",), "␛]0;x␇"),
        ("d 42 / a\r\nb", "d", ("42",), "a⏎b"),
        ("d\n42", "d", ("42",), None),
    ],
)
def test_a_line_is_taken_apart(raw: str, verb: str, words: tuple[str, ...], text: str | None) -> None:
    assert read_line(raw, KNOWN) == Line(verb, words, text)


@pytest.mark.parametrize("raw", ["", "   ", "\t", "\u3000"])
def test_a_blank_line_is_nothing(raw: str) -> None:
    assert read_line(raw, KNOWN) is None


@pytest.mark.parametrize(
    ("word", "field", "value"),
    [
        ("t=打架", "t", "打架"),
        ("type=fight", "t", "fight"),
        ("类别=打架", "t", "打架"),
        ("U=3,7", "u", "3,7"),
        ("p=", "p", ""),
        ("c=a=b", "c", "a=b"),
        ("@F7", "at", "F7"),
        ("@", "at", ""),
        ("zz=1", "zz=", "1"),
        ("=1", "", "=1"),
        ("1=1", "", "1=1"),
        ("打架", "", "打架"),
    ],
)
def test_a_field_goes_by_any_of_its_names(word: str, field: str, value: str) -> None:
    assert field_of(word) == (field, value)


def test_parts_of_a_line_can_be_replaced() -> None:
    line = Line("d", ("3", "42"), "x")
    assert str(line) == "d 3 42 / x"
    assert line.with_word(1, "0142") == "d 3 0142 / x"
    assert line.with_word(1, "") == "d 3 / x"
    assert line.plus("u=07") == "d 3 42 u=07 / x"
    assert line.only("i=0142") == "d i=0142 / x"
    assert line.with_text("y") == "d 3 42 / y"


@pytest.mark.parametrize(("value", "typed"), [("胜利路", "胜利路"), ("a b", '"a b"')])
def test_what_holds_a_blank_is_quoted(value: str, typed: str) -> None:
    assert quoted(value) == typed
    assert unquoted(typed) == value


def test_chinese_quotes_are_quotes() -> None:
    assert unquoted("“a b”") == "a b"
