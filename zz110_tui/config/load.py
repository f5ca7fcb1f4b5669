"""Settings from files, environment and options: what counts, and where each value came from.

A key counts from the first place that has it: ``--store`` and ``ZZ110_STORE`` (for the store), then ``config.toml`` in
each of ``folders.config_folders``, then the default. Paths in a file are relative to that file.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from zz110_tui.config.fields import all_fields, problems_in
from zz110_tui.config.folders import SETTINGS, Folder, config_folders, default_store, find, rulebook_folder
from zz110_tui.config.problems import EXIT_CONFIG, Problem, both, shown, trouble_of
from zz110_tui.config.settings import Settings
from zz110_tui.config.toml_file import Key, TomlFile, read_toml
from zz110_tui.core.records import dataclass
from zz110_tui.core.rulebook import Words
from zz110_tui.core.trouble import Trouble

DEFAULT = "default"
"""The source of a value nobody set."""

LOGIN = "login name"
"""The source of the person at the desk where nobody is named."""

_PATHS = {("store",), ("city",), ("theme",), ("keymap",), ("layout",)}


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings as they count, with ``store`` as an absolute path and the person at the desk filled in.

    ``sources`` says for each dotted key where its value came from: ``file:line``, ``ZZ110_STORE``, ``--store``,
    ``login name`` or ``default``. ``folders`` are where themes, keymaps and city packs are looked for.
    """

    settings: Settings
    sources: Mapping[str, str]
    folders: tuple[Folder, ...]

    @property
    def store(self) -> Path:
        return Path(self.settings.store)


@dataclass(frozen=True, slots=True)
class Looked:
    """A settings file that was looked for; ``why`` is how its folder came into the list."""

    path: Path
    why: str
    found: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One setting as it counts now."""

    key: str
    value: Any
    source: str
    words: Words


def load(config_dir: Path | None = None, store: Path | None = None, env: Mapping[str, str] | None = None) -> Loaded:
    """Settings as they count. Raises Trouble that lists everything wrong in every settings file."""
    environment = os.environ if env is None else env
    folders = config_folders(config_dir, environment)
    files, problems = _read(folders)
    if problems:
        raise trouble_of(both("设置文件有错", "the settings cannot be used"), problems)
    values, sources = _merge(files)
    _place_store(values, sources, store, environment)
    if not values["desk"]["person"]:
        values["desk"]["person"] = _login(environment)
        sources["desk.person"] = LOGIN
    return Loaded(msgspec.convert(values, Settings), sources, folders)


def where(config_dir: Path | None = None, env: Mapping[str, str] | None = None) -> list[Looked]:
    """Each settings file that is looked for, the one that wins first. Works with broken files too."""
    folders = config_folders(config_dir, env)
    return [Looked(f.path / SETTINGS, f.why, (f.path / SETTINGS).is_file()) for f in folders]


def show(loaded: Loaded) -> list[Shown]:
    """Every setting with its value and where it came from, in the order of the model."""
    rows = []
    for field in all_fields():
        value: Any = loaded.settings
        for part in field.key:
            value = getattr(value, part)
        rows.append(Shown(field.dotted, value, loaded.sources[field.dotted], field.words))
    return rows


def check(config_dir: Path | None = None, env: Mapping[str, str] | None = None) -> list[Problem]:
    """Everything wrong in the settings files, and in the theme and the layout they choose; a city or keymap that is
    not there.

    What a keymap says is checked by ``keymaps``, which needs the words of the desk's language.
    """
    from zz110_tui.config.layouts import layout_problems  # no need of them at every start
    from zz110_tui.config.rulebook import load_rulebook
    from zz110_tui.config.themes import theme_problems

    environment = os.environ if env is None else env
    folders = config_folders(config_dir, environment)
    files, problems = _read(folders)
    if problems:
        return problems
    values, sources = _merge(files)
    settings = msgspec.convert(values, Settings)
    look = {"themes": theme_problems, "layouts": layout_problems}
    for kind, key in (("themes", "theme"), ("layouts", "layout"), ("keymaps", "keymap"), ("cities", "city")):
        try:
            path = find(kind, getattr(settings, key), folders)
        except Trouble as trouble:
            problems.append(_at(sources[key], key, trouble))
        else:
            problems += look[kind](path) if kind in look else []
    rulebook = rulebook_folder(folders)
    try:
        load_rulebook(rulebook)
    except Trouble as trouble:
        problems.append(Problem(rulebook, 0, "", f"{trouble.title} · {trouble.cause}", trouble.remedy))
    return problems


def _read(folders: tuple[Folder, ...]) -> tuple[list[TomlFile], list[Problem]]:
    files: list[TomlFile] = []
    problems: list[Problem] = []
    for folder in folders:
        path = folder.path / SETTINGS
        if not path.exists():
            continue
        file = read_toml(path)
        if isinstance(file, Problem):
            problems.append(file)
        else:
            files.append(file)
            problems += problems_in(file)
    return files, problems


def _merge(files: list[TomlFile]) -> tuple[dict[str, Any], dict[str, str]]:
    """The values of all files in one tree, the first file wins; and the source of every key of the model."""
    values: dict[str, Any] = {}
    sources: dict[str, str] = {}
    for field in all_fields():
        sources[field.dotted] = DEFAULT
        for file in reversed(files):
            value = _at_key(file.data, field.key)
            if value is None:
                continue
            if isinstance(value, dict):
                value = {**(_at_key(values, field.key) or {}), **value}
            _put(values, field.key, _placed(field.key, value, file.path.parent))
            sources[field.dotted] = f"{file.path}:{file.line_of(field.key)}"
        if _at_key(values, field.key) is None:
            _put(values, field.key, field.default)
    return values, sources


def _placed(key: Key, value: Any, folder: Path) -> Any:
    """A path written in a file stands beside that file; the bare name of a theme, keymap or city stays a name."""
    is_path = (key == ("store",) and value) or (key in _PATHS and (os.sep in value or value.endswith(".toml")))
    return str(folder.absolute() / Path(value).expanduser()) if is_path else value


def _place_store(
    values: dict[str, Any], sources: dict[str, str], option: Path | None, environment: Mapping[str, str]
) -> None:
    if option is not None:
        path, sources["store"] = option, "--store"
    elif environment.get("ZZ110_STORE"):
        path, sources["store"] = Path(environment["ZZ110_STORE"]), "ZZ110_STORE"
    elif values["store"]:
        path = Path(values["store"])
    else:
        path = default_store()
    if not str(path).isprintable():
        raise Trouble(
            both("案卷库的路径不可用", "the path of the store cannot be used"),
            shown(str(path)),
            both("路径里不能有控制符", "a path may not have control characters"),
            exit_code=EXIT_CONFIG,
        )
    values["store"] = str(path.expanduser().absolute())


def _login(environment: Mapping[str, str]) -> str:
    name = environment.get("LOGNAME") or environment.get("USER") or ""
    return "".join(c for c in name if c.isprintable())[:40]


def _at_key(tree: Mapping[str, Any], key: Key) -> Any:
    node: Any = tree
    for part in key:
        if not isinstance(node, Mapping) or part not in node:
            return None
        node = node[part]
    return node


def _put(tree: dict[str, Any], key: Key, value: Any) -> None:
    for part in key[:-1]:
        tree = tree.setdefault(part, {})
    tree[key[-1]] = value


def _at(source: str, key: str, trouble: Trouble) -> Problem:
    """A trouble with a chosen file, at the place where it was chosen."""
    path, _, line = source.rpartition(":")
    if source == DEFAULT:
        return Problem(Path(DEFAULT), 0, key, f"{trouble.title} · {trouble.cause}", trouble.remedy)
    return Problem(Path(path), int(line), key, f"{trouble.title} · {trouble.cause}", trouble.remedy)
