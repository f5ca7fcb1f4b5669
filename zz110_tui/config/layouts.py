"""Layouts: where the panes of the desk stand and how large they are, as plain data.

The format of a file is told in ``layouts/default.toml``. What a layout cannot say is where the command line and the
alarms are: those have their place at every desk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from zz110_tui.config.problems import EXIT_CONFIG, Problem, both, shown, trouble_of
from zz110_tui.config.toml_file import TomlFile, read_toml
from zz110_tui.core.rulebook import Words
from zz110_tui.core.trouble import Trouble

COLUMNS = ("list", "map", "units")
"""The columns of a wide desk; ``map`` is the map over the selected one."""

LIMITS: dict[str, tuple[int, int]] = {"list": (25, 60), "units": (26, 60), "map": (20, 85), "narrow": (30, 80)}
"""The least and the most of each size: beyond these a pane could not be read."""

USUAL_WORDS = Words("通用", "Usual")
USUAL: Mapping[str, int] = {"list": 40, "units": 34, "map": 58, "narrow": 60}

OWN_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,19}")
"""A layout that a person keeps is a plain name: it becomes a file."""


@dataclass(frozen=True, slots=True)
class Layout:
    """``sizes`` by the names of :data:`LIMITS`: ``list`` percent of the width, ``units`` columns, ``map`` percent of
    its column's height, ``narrow`` percent of the height for the list where there is one column."""

    name: str = "default"
    words: Words = USUAL_WORDS
    columns: tuple[str, ...] = COLUMNS
    sizes: Mapping[str, int] = field(default_factory=lambda: dict(USUAL))

    def resized(self, size: str, by: int) -> Layout:
        """One size changed, kept within its limits."""
        least, most = LIMITS[size]
        return replace(self, sizes={**self.sizes, size: max(least, min(most, self.sizes[size] + by))})

    def swapped(self, one: str, other: str) -> Layout:
        """Two columns in each other's place."""
        places = {one: other, other: one}
        return replace(self, columns=tuple(places.get(column, column) for column in self.columns))

    def written(self) -> str:
        """The layout as a file."""
        columns = ", ".join(f'"{column}"' for column in self.columns)
        return (
            "# Kept by :save-layout. The format of a layout is told in layouts/default.toml.\n\n"
            f'words = {{ zh = "{self.name}", en = "{self.name}" }}\n'
            f"columns = [{columns}]\n" + "".join(f"{size} = {self.sizes[size]}\n" for size in LIMITS)
        )


def load_layout(path: Path) -> Layout:
    """Read a layout. Raises Trouble that lists everything wrong with the file."""
    file = read_toml(path)
    problems = [file] if isinstance(file, Problem) else list(_problems(file))
    if problems or isinstance(file, Problem):
        raise trouble_of(both("布局文件有错", "the layout cannot be used"), problems)
    data = file.data
    words = Words(data["words"]["zh"], data["words"]["en"])
    return Layout(path.stem, words, tuple(data["columns"]), {size: data[size] for size in LIMITS})


def layout_problems(path: Path) -> list[Problem]:
    """Everything wrong with a layout file; nothing if it can be used."""
    file = read_toml(path)
    return [file] if isinstance(file, Problem) else list(_problems(file))


def keep_layout(layout: Layout, folder: Path) -> Path:
    """Write a layout into ``layouts/`` of a configuration folder, whole or not at all. Raises Trouble."""
    path = folder / "layouts" / f"{layout.name}.toml"
    if not OWN_NAME.fullmatch(layout.name):
        raise Trouble(
            both(f"{shown(layout.name)} 不能作布局名", f"{shown(layout.name)} cannot name a layout"),
            "",
            both(
                "用小写字母、数字和连字符，如 night-shift", "use small letters, digits and hyphens, such as night-shift"
            ),
            exit_code=EXIT_CONFIG,
        )
    unfinished = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_text(layout.written(), encoding="utf-8")
        unfinished.replace(path)
    except OSError as fault:
        raise Trouble(
            both("布局没有保存", "the layout was not kept"),
            f"{shown(str(path))}: {fault.strerror}",
            both("检查该目录的权限与空间", "look at the permissions and the space of that folder"),
            exit_code=EXIT_CONFIG,
        ) from fault
    return path


def _problems(file: TomlFile) -> Iterator[Problem]:
    data = file.data
    known = ("words", "columns", *LIMITS)
    for name in data:
        if name not in known:
            remedy = both("可用", "there are") + ": " + ", ".join(known)
            yield file.problem((name,), both("没有这一项", "there is no such entry"), remedy)
    words = data.get("words")
    texts = [words.get("zh"), words.get("en")] if isinstance(words, dict) else [None]
    if not all(isinstance(text, str) and text.strip() and text.isprintable() for text in texts):
        cause = both("没有中英文名称", "has no name in Chinese and English")
        yield file.problem(("words",), cause, 'words = { zh = "通用", en = "Usual" }')
    columns = data.get("columns")
    if not isinstance(columns, list) or sorted(map(str, columns)) != sorted(COLUMNS):
        cause = both(f"{shown(columns)} 不是三列", f"{shown(columns)} are not the three columns")
        yield file.problem(("columns",), cause, 'columns = ["list", "map", "units"]')
    for size, (least, most) in LIMITS.items():
        value = data.get(size)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            cause = both(f"{shown(value)} 不是 {least} 到 {most} 的整数", f"{shown(value)} is not {least} to {most}")
            yield file.problem((size,), cause, f"{size} = {USUAL[size]}")
