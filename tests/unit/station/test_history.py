"""Up walks through what was typed; with something on the line, through what is like it."""

from __future__ import annotations

import pytest

from zz110_tui.station.editor import Editor


@pytest.fixture
def editor() -> Editor:
    made = Editor()
    for line in ("d 3 142", "os 3", "d 7 143 / 小心", "nt 142 / 到门口", "os 3"):
        made.remember(line)
    return made


def walk(editor: Editor, steps: int) -> list[str]:
    seen = []
    for _ in range(steps):
        editor.older()
        seen.append(editor.text)
    return seen


def test_up_goes_back_each_line_once_and_stays_at_the_oldest(editor: Editor) -> None:
    assert walk(editor, 5) == ["os 3", "nt 142 / 到门口", "d 7 143 / 小心", "d 3 142", "d 3 142"]


def test_with_a_beginning_only_lines_that_begin_like_it_and_what_was_typed_comes_back(editor: Editor) -> None:
    editor.insert("d")
    assert walk(editor, 3) == ["d 7 143 / 小心", "d 3 142", "d 3 142"]
    editor.newer()
    editor.newer()
    assert editor.text == "d"


def test_with_words_from_the_middle_the_lines_that_have_them(editor: Editor) -> None:
    editor.insert("门口")
    assert walk(editor, 1) == ["nt 142 / 到门口"]


def test_what_is_like_nothing_walks_through_everything(editor: Editor) -> None:
    editor.insert("zzz")
    assert walk(editor, 1) == ["os 3"]
    editor.newer()
    assert editor.text == "zzz"


def test_typing_begins_a_new_search(editor: Editor) -> None:
    editor.insert("d")
    editor.older()
    editor.set("")
    editor.insert("nt")
    assert walk(editor, 1) == ["nt 142 / 到门口"]


def test_nothing_typed_yet_is_no_crash() -> None:
    empty = Editor()
    empty.insert("d")
    empty.older()
    empty.newer()
    assert empty.text == "d"
