from __future__ import annotations

from pathlib import Path

import pytest

from zz110_tui.config.bundled import bundled
from zz110_tui.config.keymaps import PROTECTED, keymap_problems, load_keymap
from zz110_tui.core.rulebook import Words
from zz110_tui.core.trouble import Trouble

DEFAULT = bundled("keymaps", "default.toml")
VERBS = {
    name: key
    for key, names in {
        "answer": ("a", "answer", "接警"),
        "dispatch": ("d", "dispatch", "派"),
        "find": ("find",),
        "help": ("?", "help"),
        "new": ("n", "new"),
        "note": ("nt", "note"),
        "question": ("q", "question"),
        "fill": ("f", "fill"),
        "recommend": ("rec",),
        "ring": ("rg",),
        "seal": ("wd",),
        "what_if": ("wi",),
        "instruct": ("ins",),
        "undo": ("u", "undo"),
    }.items()
    for name in names
}
ACTIONS = ("menu", "next", "pane", "previous", "quit", "insert", "redraw", "take-alarm", "link-likely", "layer")


def keymap(tmp_path: Path, keys: str) -> Path:
    """A keymap that has what may not be missing, and ``keys``."""
    path = tmp_path / "mine.toml"
    base = '[keys]\nf1 = "?"\ninsert = "a"\nf8 = "d ."\n"ctrl+q" = ":quit"\n'
    path.write_text(base + keys, encoding="utf-8")
    return path


def test_the_shipped_keymap_can_be_used() -> None:
    keys = load_keymap(DEFAULT, VERBS, ACTIONS)
    assert keys.name == "default"
    assert {binding.verb or binding.action for binding in keys.bindings} >= set(PROTECTED)
    assert all(binding.label.zh and binding.label.en for binding in keys.bindings)


def test_the_shipped_keymap_speaks_the_language_and_the_actions_of_this_desk() -> None:
    from zz110_tui.language.verbs import verb_index
    from zz110_tui.station.actions import ACTIONS as DESK_ACTIONS

    verbs = {name: verb.key for name, verb in verb_index().items()}
    assert keymap_problems(DEFAULT, verbs, DESK_ACTIONS) == []


@pytest.mark.parametrize("key", ["f10", "pageup", "ctrl+n", "ctrl+left", "ctrl+pageup", "shift+up"])
def test_keys_that_every_terminal_sends_can_be_bound(tmp_path: Path, key: str) -> None:
    assert keymap_problems(keymap(tmp_path, f'"{key}" = "n "\n'), VERBS, ACTIONS) == []


def test_ten_keys_have_their_place_at_the_bottom_of_the_screen() -> None:
    keys = load_keymap(DEFAULT, VERBS, ACTIONS)
    assert all(keys.of_key(f"f{n}") for n in range(1, 11))
    assert keys.of_key("f2").label == Words("新警", "New")  # type: ignore[union-attr]  # just asserted


def test_a_line_that_ends_with_a_space_waits_for_the_rest(tmp_path: Path) -> None:
    keys = load_keymap(keymap(tmp_path, 'f2 = "n "\nf3 = ":pane map"\n'), VERBS, ACTIONS)
    begins, runs, pane = keys.of_key("f2"), keys.of_key("f8"), keys.of_key("f3")
    assert begins is not None
    assert runs is not None
    assert pane is not None
    assert (begins.runs, begins.verb, begins.line) == (False, "new", "n ")
    assert (runs.runs, runs.verb, runs.line) == (True, "dispatch", "d .")
    assert (pane.runs, pane.action, pane.argument, pane.verb) == (True, "pane", "map", "")


def test_a_key_nobody_bound_has_no_binding(tmp_path: Path) -> None:
    assert load_keymap(keymap(tmp_path, ""), VERBS, ACTIONS).of_key("f9") is None


def test_an_alias_of_a_verb_counts_as_the_verb(tmp_path: Path) -> None:
    path = keymap(tmp_path, "")
    path.write_text(path.read_text(encoding="utf-8").replace('"d ."', '"派 ."'), encoding="utf-8")
    assert keymap_problems(path, VERBS, ACTIONS) == []


@pytest.mark.parametrize("name", PROTECTED)
def test_what_may_never_be_unbound_must_have_a_key(tmp_path: Path, name: str) -> None:
    lines = keymap(tmp_path, "").read_text(encoding="utf-8").splitlines()
    gone = {"help": 1, "answer": 2, "dispatch": 3, "quit": 4}[name]
    path = tmp_path / "less.toml"
    path.write_text("\n".join(lines[:gone] + lines[gone + 1 :]), encoding="utf-8")
    (problem,) = keymap_problems(path, VERBS, ACTIONS)
    assert name in problem.cause
    with pytest.raises(Trouble):
        load_keymap(path, VERBS, ACTIONS)


@pytest.mark.parametrize(
    ("line", "cause", "remedy"),
    [
        ('f2 = "nwe "', "no verb nwe", "new"),
        ('f2 = ":mneu"', "no action :mneu", ":menu"),
        ('f2 = "  "', "not a line", "n "),
        ("f2 = 3", "not a line", "n "),
        ('f2 = "n \\u001b[2J"', "not a line", "n "),
        ('F1 = "n "', "same key", "keep one"),
        ('f11 = "n "', "full screen", "f1 to f10"),
        ('"ctrl+s" = "n "', "freezes", "f1 to f10"),
        ('"ctrl+m" = "n "', "Enter", "f1 to f10"),
        ('"alt+n" = "n "', "Alt", "f1 to f10"),
        ('up = "n "', "command line", "f1 to f10"),
        ('x = "n "', "command line", "f1 to f10"),
        ('"shift+f1" = "n "', "no such key", "f1 to f10"),
        ('"\\u001b" = "n "', "command line", "f1 to f10"),
        ('f2 = "n "\n[labels]\nf3 = { zh = "a", en = "b" }', "not in [keys]", "take it out"),
        ('f2 = "n "\n[labels]\nf2 = { zh = "a" }', "Chinese and English", "en ="),
        ('f2 = "n "\n[names]\n', "no such entry", "[labels]"),
        ('[command]\ni = ":insert"\n"g g g g" = "a"', "no sequence", "g g"),
        ('[command]\ni = ":insert"\n"enter" = "a"', "no sequence", "g g"),
        ('[command]\ni = ":insert"\n"g g" = "a"\ng = "a"', "cannot be told", "another key"),
        ('[command]\ni = ":insert"\ng = "nwe "', "no verb nwe", "new"),
        ('[command]\ng = "a"', "no key that goes back", ":insert"),
    ],
)
def test_what_is_wrong_is_named_with_line_and_remedy(tmp_path: Path, line: str, cause: str, remedy: str) -> None:
    (problem,) = keymap_problems(keymap(tmp_path, line + "\n"), VERBS, ACTIONS)
    assert cause in problem.cause
    assert remedy in problem.remedy
    whole_table = "\n[names]" in line or problem.key in ("names", "command")
    assert problem.line == 6 + line.count("\n") or whole_table
    assert str(problem).isprintable()


def test_a_key_written_twice_is_an_error_with_its_line(tmp_path: Path) -> None:
    (problem,) = keymap_problems(keymap(tmp_path, 'f1 = "n "\n'), VERBS, ACTIONS)
    assert problem.line == 6


def test_a_file_without_keys_is_no_keymap(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('f1 = "?"\n', encoding="utf-8")
    assert "keys" in [problem.key for problem in keymap_problems(path, VERBS, ACTIONS)]
