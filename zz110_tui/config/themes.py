"""Themes: what each role of the screen looks like, as plain data. Textual and Rich are met in the station.

The format of a file is told in ``themes/night.toml``. A role always has a look: where the terminal has no colours, its
attributes say the same; the station never names a colour itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from zz110_tui.config.colours import SIXTEEN, is_hex, nearest_256
from zz110_tui.config.problems import Problem, both, shown, trouble_of
from zz110_tui.config.toml_file import Key, TomlFile, read_toml
from zz110_tui.core.records import dataclass
from zz110_tui.core.rulebook import Words


class Role(StrEnum):
    """What a piece of the screen means; a theme says how that looks."""

    TEXT = "text"
    MUTED = "muted"
    """Less important: what is handled, keys that are not allowed now."""
    HEADING = "heading"
    SELECTED = "selected"
    ATTENTION = "attention"
    """Wants a hand: past half its limit, waiting, stale."""
    DANGER = "danger"
    """Past its limit, alarm, refusal."""
    FREE = "free"
    BUSY = "busy"
    """Sent but not yet moving."""
    ROUTE = "route"
    SCENE = "scene"
    OFF = "off"
    MAP_ROAD = "map_road"
    MAP_WATER = "map_water"
    MAP_GRID = "map_grid"
    MAP_UNIT = "map_unit"
    MAP_INCIDENT = "map_incident"
    DRILL = "drill"
    LIVE = "live"
    NEW = "new"
    """Changed in the last two seconds."""


class Attribute(StrEnum):
    BOLD = "bold"
    DIM = "dim"
    ITALIC = "italic"
    UNDERLINE = "underline"
    REVERSE = "reverse"
    STRIKE = "strike"


class Depth(StrEnum):
    """How many colours the terminal has; the words of the setting ``colour``."""

    TRUE = "true"
    C256 = "256"
    C16 = "16"
    C8 = "8"
    """Without the bright ones, which some consoles do not show."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Colour:
    """``hex`` for the two greater depths, ``name`` (one of the sixteen) for the least, and for all of them where there
    is no ``hex``. Both empty: the terminal's own."""

    hex: str = ""
    name: str = ""

    def at(self, depth: Depth) -> str:
        """As Rich writes it: ``#rrggbb``, ``color(123)``, ``bright_red``, or empty for the terminal's own."""
        if depth is Depth.C8:
            # Bright black would vanish in the ground.
            return "white" if self.name == "bright_black" else self.name.removeprefix("bright_")
        if depth is Depth.C16 or not self.hex:
            return self.name
        return self.hex if depth is Depth.TRUE else f"color({nearest_256(self.hex)})"


@dataclass(frozen=True, slots=True)
class Look:
    """How one role looks: with colours, and by ``mono`` attributes alone on a terminal that has none."""

    colour: Colour
    ground: Colour
    attributes: tuple[Attribute, ...] = ()
    mono: tuple[Attribute, ...] = ()

    def style(self, depth: Depth) -> str:
        """As a style that Rich reads, such as ``bold #ffffff on #101418``; ``none`` where there is nothing to say."""
        if depth is Depth.NONE:
            return " ".join(self.mono) or "none"
        words = [attribute.value for attribute in self.attributes]
        front, back = self.colour.at(depth), self.ground.at(depth)
        if depth is Depth.C8 and front == back and front:
            back = ""  # two shades of one colour: its attributes say what it is
        words += [front] if front else []
        words += ["on", back] if back else []
        return " ".join(words) or "none"


@dataclass(frozen=True, slots=True)
class Theme:
    """``dark`` says whether the ground is dark; every role of ``Role`` has its look."""

    name: str
    words: Words
    dark: bool
    colour: Colour
    ground: Colour
    looks: Mapping[Role, Look]

    def style(self, role: Role, depth: Depth) -> str:
        return self.looks[role].style(depth)


SEEN_WITHOUT_COLOUR = (Role.SELECTED, Role.ATTENTION, Role.DANGER, Role.DRILL)
"""Roles nobody may miss on a terminal without colours: each needs an attribute there."""


def load_theme(path: Path) -> Theme:
    """Read a theme. Raises Trouble that lists everything wrong with the file."""
    file = read_toml(path)
    problems = [file] if isinstance(file, Problem) else list(_problems(file))
    if problems or isinstance(file, Problem):
        raise trouble_of(both("配色文件有错", "the theme cannot be used"), problems)
    data = file.data
    front, ground = _colour(data.get("colour", "")), _colour(data.get("ground", ""))
    looks = {}
    for role in Role:
        table = data["roles"][role.value]
        looks[role] = Look(
            _colour(table["colour"]) if "colour" in table else front,
            _colour(table["ground"]) if "ground" in table else ground,
            tuple(Attribute(word) for word in table.get("attributes", ())),
            tuple(Attribute(word) for word in table.get("mono", table.get("attributes", ()))),
        )
    return Theme(path.stem, Words(data["words"]["zh"], data["words"]["en"]), data["dark"], front, ground, looks)


def theme_problems(path: Path) -> list[Problem]:
    """Everything wrong with a theme file; nothing if it can be used."""
    file = read_toml(path)
    return [file] if isinstance(file, Problem) else list(_problems(file))


def _colour(written: str | list[str]) -> Colour:
    return Colour("", written) if isinstance(written, str) else Colour(written[0].lower(), written[1])


def _problems(file: TomlFile) -> Iterator[Problem]:
    data = file.data
    yield from _unknown(file, (), data, ("words", "dark", "colour", "ground", "roles"))
    words = data.get("words")
    if not isinstance(words, dict) or not all(_is_text(words.get(language)) for language in ("zh", "en")):
        cause = both("没有中英文名称", "has no name in Chinese and English")
        yield file.problem(("words",), cause, 'words = { zh = "夜", en = "Night" }')
    if not isinstance(data.get("dark"), bool):
        cause = both("没有说底色是否深色", "does not say whether the ground is dark")
        yield file.problem(
            ("dark",), cause, both("写 dark = true 或 dark = false", "write dark = true or dark = false")
        )
    for key in ("colour", "ground"):
        yield from _colour_problems(file, (key,), data.get(key, "white"))
    roles = data.get("roles")
    if not isinstance(roles, dict):
        remedy = both("照 themes/night.toml 写全", "write them as in themes/night.toml")
        yield file.problem(("roles",), both("没有 [roles] 表", "has no [roles] table"), remedy)
        return
    yield from _unknown(file, ("roles",), roles, tuple(Role))
    for role in Role:
        yield from _role_problems(file, role, roles.get(role.value))


def _role_problems(file: TomlFile, role: Role, table: Any) -> Iterator[Problem]:
    key = ("roles", role.value)
    if not isinstance(table, dict):
        cause = both(f"缺少用途 {role.value}", f"the role {role.value} is missing")
        yield file.problem(key, cause, f'{role.value} = {{ colour = ["#d5dbe3", "white"] }}')
        return
    yield from _unknown(file, key, table, ("colour", "ground", "attributes", "mono"))
    for part in ("colour", "ground"):
        yield from _colour_problems(file, (*key, part), table.get(part, "white"))
    for part in ("attributes", "mono"):
        written = table.get(part, [])
        if not isinstance(written, list) or any(word not in tuple(Attribute) for word in written):
            cause = both(f"{shown(written)} 不全是属性", f"{shown(written)} are not all attributes")
            yield file.problem((*key, part), cause, _one_of(tuple(Attribute)))
    if role in SEEN_WITHOUT_COLOUR and not table.get("mono", table.get("attributes")):
        cause = both("在无色终端上看不出来", "cannot be seen on a terminal without colours")
        yield file.problem(key, cause, both('给一个属性，如 mono = ["bold"]', 'give it one, such as mono = ["bold"]'))


def _colour_problems(file: TomlFile, key: Key, written: Any) -> Iterator[Problem]:
    if isinstance(written, list) and len(written) == 2:
        if not isinstance(written[0], str) or not is_hex(written[0]):
            cause = both(f"{shown(written[0])} 不是颜色", f"{shown(written[0])} is not a colour")
            yield file.problem(key, cause, both("写成 #rrggbb", "write it as #rrggbb"))
        name = written[1]
    else:
        name = written
    if name not in SIXTEEN:
        cause = both(f"{shown(name)} 不是十六色之一", f"{shown(name)} is not one of the sixteen colours")
        yield file.problem(key, cause, _one_of(SIXTEEN))


def _unknown(file: TomlFile, above: Key, table: Mapping[str, Any], known: tuple[str, ...]) -> Iterator[Problem]:
    for name in table:
        if name not in known:
            yield file.problem((*above, name), both("没有这一项", "there is no such entry"), _one_of(known))


def _one_of(names: tuple[str, ...]) -> str:
    return both("可用", "there are") + ": " + ", ".join(names)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value) and value.isprintable()
