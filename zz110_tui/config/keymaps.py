"""Keymaps: which key says which line of the desk's language, as plain data.

The format of a file is told in ``keymaps/default.toml``. What a keymap names is checked here, when it is loaded:
Textual would drop one of two clashing keys and ignore an unknown name in silence. The words themselves belong to
``language`` and the actions to the station, so the caller brings both.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from zz110_tui.config.problems import Problem, both, shown, trouble_of
from zz110_tui.config.toml_file import TomlFile, read_toml
from zz110_tui.core.records import dataclass
from zz110_tui.core.rulebook import Words

PROTECTED = ("help", "answer", "dispatch", "quit")
"""What may never be without a key: verbs by their stable key, or actions."""

_FOR_THE_LINE = frozenset(
    ["up", "down", "left", "right", "home", "end", "backspace", "delete", "enter", "tab", "escape", "space"]
)
_TAKEN = {
    "ctrl+c": both("终端用它中断程序", "the terminal interrupts a program with it"),
    "ctrl+z": both("终端用它挂起程序", "the terminal suspends a program with it"),
    "ctrl+s": both("终端用它冻结屏幕", "the terminal freezes the screen with it"),
    "ctrl+m": both("终端分不清它与回车", "a terminal cannot tell it from Enter"),
    "ctrl+j": both("终端分不清它与回车", "a terminal cannot tell it from Enter"),
    "ctrl+i": both("终端分不清它与 Tab", "a terminal cannot tell it from Tab"),
    "ctrl+h": both("终端分不清它与退格", "a terminal cannot tell it from Backspace"),
    "ctrl+[": both("终端分不清它与 Esc", "a terminal cannot tell it from Escape"),
    "f11": both("终端窗口用它全屏", "terminal windows go full screen with it"),
    "f12": both("终端窗口常占用它", "terminal windows often keep it"),
}
MOST_IN_SEQUENCE = 3
_IN_SEQUENCES = frozenset(["space", "up", "down", "left", "right", "home", "end"])
"""Keys of a sequence that are named; the others are the characters themselves. Enter, Tab and Esc keep their sense."""
_NAMED = frozenset({f"f{n}" for n in range(1, 11)} | {"insert", "pageup", "pagedown"})
_WITH_CTRL = frozenset(["up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete"])
_WITH_SHIFT = frozenset(["up", "down", "left", "right"])
_KEYS_THERE_ARE = both(
    "可用的键：f1 到 f10、pageup、pagedown、insert、ctrl+字母（c h i j m s z 除外）、ctrl+方向键、shift+方向键",
    "keys there are: f1 to f10, pageup, pagedown, insert, ctrl+letter (not c h i j m s z), ctrl+arrow, shift+arrow",
)


@dataclass(frozen=True, slots=True)
class Binding:
    """One key. ``line`` is what it says to the command line; ``runs`` is false where it only begins one.

    ``action`` is the name of a desk action (``pane`` of ``:pane map``) and ``argument`` the rest; both are empty where
    the line is of the desk's language, and then ``verb`` is the verb's stable key.
    """

    key: str
    line: str
    runs: bool
    verb: str
    action: str
    argument: str
    label: Words


@dataclass(frozen=True, slots=True)
class Keymap:
    """``sequences`` are the keys of the command mode, one after the other with blanks between (``g g``); a keymap
    without any has no such mode."""

    name: str
    bindings: tuple[Binding, ...]
    sequences: tuple[Binding, ...] = ()

    def of_key(self, key: str) -> Binding | None:
        return next((binding for binding in self.bindings if binding.key == key), None)

    @property
    def keys_of_verbs(self) -> dict[str, str]:
        """For each verb that has a key, the first one, with the line it stands for: ``F8 d .``."""
        found: dict[str, str] = {}
        for binding in self.bindings:
            if binding.verb:
                key = binding.key.upper() if binding.key[0] == "f" and binding.key[1:].isdigit() else binding.key
                found.setdefault(binding.verb, f"{key} {binding.line}".strip())
        return found

    def beginning(self, pressed: tuple[str, ...]) -> tuple[Binding, ...]:
        """The sequences that begin with these keys; one that is complete stands alone (none is part of another)."""
        return tuple(b for b in self.sequences if tuple(b.key.split(" "))[: len(pressed)] == pressed)


def load_keymap(
    path: Path, verbs: Mapping[str, str], actions: Collection[str], protected: Iterable[str] = PROTECTED
) -> Keymap:
    """Read a keymap. Raises Trouble that lists everything wrong with the file.

    ``verbs`` leads from every name and alias of a verb to its stable key; ``actions`` are the desk's own, without their
    colon.
    """
    file = read_toml(path)
    problems = [file] if isinstance(file, Problem) else list(_problems(file, verbs, actions, protected))
    if problems or isinstance(file, Problem):
        raise trouble_of(both("键位文件有错", "the keymap cannot be used"), problems)
    labels = file.data.get("labels", {})
    bindings = (_binding(key, line, verbs, labels.get(key)) for key, line in file.data["keys"].items())
    command = file.data.get("command", {})
    sequences = (_binding(key, line, verbs, None, sequence=True) for key, line in command.items())
    return Keymap(path.stem, tuple(bindings), tuple(sequences))


def keymap_problems(
    path: Path, verbs: Mapping[str, str], actions: Collection[str], protected: Iterable[str] = PROTECTED
) -> list[Problem]:
    """Everything wrong with a keymap file; nothing if it can be used."""
    file = read_toml(path)
    return [file] if isinstance(file, Problem) else list(_problems(file, verbs, actions, protected))


def _binding(
    key: str, line: str, verbs: Mapping[str, str], label: Mapping[str, str] | None, *, sequence: bool = False
) -> Binding:
    word = _first_word(line)
    action = word[1:] if word.startswith(":") else ""
    verb = "" if action else verbs[word]
    name = action or verb
    return Binding(
        key=" ".join(key.split()) if sequence else _normal(key),
        line=line,
        runs=not line.endswith(" "),
        verb=verb,
        action=action,
        argument=line[len(word) :].strip() if action else "",
        label=Words(label["zh"], label["en"]) if label else Words(name, name),
    )


def _problems(
    file: TomlFile, verbs: Mapping[str, str], actions: Collection[str], protected: Iterable[str]
) -> Iterator[Problem]:
    for name in file.data:
        if name not in ("keys", "labels", "command"):
            cause = both("没有这一项", "there is no such entry")
            remedy = both("只有 [keys]、[labels] 与 [command]", "there are only [keys], [labels] and [command]")
            yield file.problem((name,), cause, remedy)
    keys = file.data.get("keys")
    if not isinstance(keys, dict):
        remedy = both("照 keymaps/default.toml 写", "write it as in keymaps/default.toml")
        yield file.problem(("keys",), both("没有 [keys] 表", "has no [keys] table"), remedy)
        return
    yield from _key_problems(file, keys)
    for key, line in keys.items():
        yield from _line_problems(file, ("keys", key), line, verbs, actions)
    yield from _command_problems(file, verbs, actions)
    yield from _label_problems(file, keys)
    said = {_meaning(line, verbs) for line in keys.values() if isinstance(line, str)}
    for name in protected:
        if name not in said:
            cause = both(f"没有键给 {name}，而它不可无键", f"{name} has no key, and may not be without one")
            remedy = both("给它一个键，如 keymaps/default.toml", "give it one, as keymaps/default.toml does")
            yield file.problem(("keys",), cause, remedy)


def _key_problems(file: TomlFile, keys: Mapping[str, Any]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for key in keys:
        normal = _normal(key)
        if normal in seen:
            cause = both(f"与 {shown(seen[normal])} 是同一个键", f"is the same key as {shown(seen[normal])}")
            yield file.problem(("keys", key), cause, both("只留一个", "keep one of them"))
        seen.setdefault(normal, key)
        reason = _why_not(normal)
        if reason:
            yield file.problem(("keys", key), reason, _KEYS_THERE_ARE)


def _why_not(key: str) -> str:
    """Why a key cannot be bound; empty if it can."""
    if key in _TAKEN:
        return _TAKEN[key]
    if key in _FOR_THE_LINE or len(key) == 1:
        return both("这个键归命令行", "this key belongs to the command line")
    if "alt+" in key:
        return both("许多终端不送 Alt", "many terminals do not send Alt")
    modifier, _, base = key.rpartition("+")
    if modifier == "ctrl":
        there = base in _WITH_CTRL or re.fullmatch(r"[a-z]", base) is not None
    else:
        there = base in _WITH_SHIFT if modifier == "shift" else key in _NAMED
    if there:
        return ""
    return both("没有这个键，或终端分不清它", "there is no such key, or a terminal cannot tell it")


def _command_problems(file: TomlFile, verbs: Mapping[str, str], actions: Collection[str]) -> Iterator[Problem]:
    """The command mode: sequences of keys, none of which is part of another, and a way back to the line."""
    command = file.data.get("command", {})
    if not isinstance(command, dict):
        yield file.problem(("command",), both("应是一个表", "must be a table"), '[command] "g g" = ":first"')
        return
    seen: list[tuple[str, ...]] = []
    for key, line in command.items():
        where = ("command", key)
        keys = tuple(key.split())
        if not 1 <= len(keys) <= MOST_IN_SEQUENCE or not all(_in_sequence(k) for k in keys):
            cause = both(f"{shown(key)} 不是一串键", f"{shown(key)} is no sequence of keys")
            remedy = both(
                '一到三个字符，或 space、up、down、left、right、home、end，以空格隔开，如 "g g"',
                'one to three characters, or space, up, down, left, right, home, end, with blanks between, as "g g"',
            )
            yield file.problem(where, cause, remedy)
        for other in seen:
            shorter = min(len(other), len(keys))
            if other[:shorter] == keys[:shorter]:
                first = shown(" ".join(other))
                cause = both(f"与 {first} 分不开", f"cannot be told from {first}")
                yield file.problem(where, cause, both("换一个键", "take another key"))
        seen.append(keys)
        yield from _line_problems(file, where, line, verbs, actions)
    if command and ":insert" not in command.values():
        cause = both("没有键回到命令行", "has no key that goes back to the line")
        yield file.problem(("command",), cause, both('加上 i = ":insert"', 'add i = ":insert"'))


def _in_sequence(key: str) -> bool:
    return key in _IN_SEQUENCES or (len(key) == 1 and key.isprintable())


def _line_problems(
    file: TomlFile, where: tuple[str, ...], line: Any, verbs: Mapping[str, str], actions: Collection[str]
) -> Iterator[Problem]:
    if not isinstance(line, str) or not line.strip() or not line.isprintable():
        cause = both(f"{shown(line)} 不是一行命令", f"{shown(line)} is not a line")
        yield file.problem(where, cause, both('写成文字，如 "n "', 'write it as text, such as "n "'))
        return
    word = _first_word(line)
    if word.startswith(":") and word[1:] not in actions:
        cause = both(f"没有操作 {word}", f"there is no action {word}")
        yield file.problem(where, cause, _near(word, [f":{name}" for name in sorted(actions)]))
    elif not word.startswith(":") and word not in verbs:
        cause = both(f"没有指令 {word}", f"there is no verb {word}")
        yield file.problem(where, cause, _near(word, sorted(verbs)))


def _label_problems(file: TomlFile, keys: Mapping[str, Any]) -> Iterator[Problem]:
    labels = file.data.get("labels", {})
    if not isinstance(labels, dict):
        yield file.problem(
            ("labels",), both("应是一个表", "must be a table"), '[labels] f1 = { zh = "帮助", en = "Help" }'
        )
        return
    for key, label in labels.items():
        if key not in keys:
            cause = both("[keys] 里没有这个键", "this key is not in [keys]")
            yield file.problem(("labels", key), cause, both("删去，或改正", "take it out, or mend it"))
        texts = [label.get("zh"), label.get("en")] if isinstance(label, dict) else [None]
        if not all(isinstance(text, str) and text.strip() and text.isprintable() for text in texts):
            cause = both("没有中英文名称", "has no name in Chinese and English")
            yield file.problem(("labels", key), cause, 'f1 = { zh = "帮助", en = "Help" }')


def _meaning(line: str, verbs: Mapping[str, str]) -> str:
    word = _first_word(line)
    return word[1:] if word.startswith(":") else verbs.get(word, "")


def _first_word(line: str) -> str:
    return line.split(maxsplit=1)[0] if line.split() else ""


def _normal(key: str) -> str:
    return key.strip().lower()


def _near(word: str, names: list[str]) -> str:
    close = difflib.get_close_matches(word, names, 1)
    if close:
        return both(f"是不是 {close[0]}？", f"did you mean {close[0]}?")
    return both("可用", "there are") + ": " + " ".join(names)
