"""The command line as a value."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from zz110_tui.station.editor import LONGEST_LINE, Editor

LETTERS = st.text(st.sampled_from("ab 胜利é€，x̂"), max_size=30)


def _typed(text: str) -> Editor:
    editor = Editor()
    editor.insert(text)
    return editor


def test_line_ends_become_blanks() -> None:
    assert _typed("n 打架\r\n@F7\n").text == "n 打架 @F7 "


def test_control_characters_become_visible() -> None:
    assert "\x1b" not in _typed("\x1b[31m红").text


def test_a_letter_goes_with_its_marks() -> None:
    editor = _typed("x\u0302y")
    editor.move("left")
    editor.backspace()
    assert editor.text == "y"


def test_words_are_deleted_whole() -> None:
    editor = _typed("d 3,7 142")
    editor.delete_word()
    assert editor.text == "d 3,7 "
    editor.delete_to_start()
    assert editor.text == ""


def test_the_cursor_moves_by_letters_and_words() -> None:
    editor = _typed("派 03 胜利路")
    for where, at in (("left", 7), ("word_left", 5), ("word_left", 2), ("home", 0), ("right", 1), ("end", 8)):
        editor.move(where)
        assert editor.cursor == at, where


def test_history_goes_back_and_the_draft_comes_again() -> None:
    editor = Editor()
    for line in ("one", "two", "two"):
        editor.remember(line)
    editor.insert("draft")
    seen = []
    for step in (editor.older, editor.older, editor.older, editor.newer, editor.newer, editor.newer):
        step()
        seen.append(editor.text)
    assert seen == ["two", "one", "one", "two", "draft", "draft"]


def test_a_line_has_an_end() -> None:
    assert len(_typed("x" * (LONGEST_LINE + 50)).text) == LONGEST_LINE


@given(LETTERS, st.integers(0, 40), st.integers(4, 30))
def test_the_cursor_is_always_in_what_is_visible(text: str, steps: int, columns: int) -> None:
    editor = _typed(text)
    for _ in range(steps):
        editor.move("left")
    shown, cursor = editor.visible(columns)
    assert cell_len(shown) <= columns
    assert 0 <= cursor < columns or cursor == cell_len(shown)
    assert shown in editor.text
