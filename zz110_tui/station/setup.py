"""What a user may change while the desk is open: language, theme, keymap, layout, signs, bell; and the files."""

from __future__ import annotations

from dataclasses import dataclass

from zz110_tui.config.folders import find, names
from zz110_tui.config.keymaps import Keymap, load_keymap
from zz110_tui.config.layouts import Layout, load_layout
from zz110_tui.config.themes import load_theme
from zz110_tui.language.verbs import verb_index
from zz110_tui.station.glyphs import Tier, tier_for
from zz110_tui.station.looks import Looks, depth_for
from zz110_tui.station.room import Room
from zz110_tui.station.term.terminal import encoding_for


@dataclass(slots=True)
class Setup:
    language: str
    tier: Tier
    looks: Looks
    keymap: Keymap
    layout: Layout
    bell: bool
    actions: tuple[str, ...] = ()
    """The names of the desk's own actions, which a keymap may use."""


def set_up(room: Room, actions: tuple[str, ...]) -> Setup:
    """Read theme, keymap and layout of a room. Raises Trouble for a file that is missing or wrong.

    A terminal that shows nothing but ASCII gets English.
    """
    speaks_gb = room.glyphs == "auto" and encoding_for(room.encoding) == "gb18030"
    tier = Tier.GB if speaks_gb else tier_for(room.glyphs)
    return Setup(
        language="en" if tier is Tier.ASCII else room.language,
        tier=tier,
        looks=looks_named(room.theme, room),
        keymap=keymap_named(room.keymap, room, actions),
        layout=layout_named(room.layout, room),
        bell=room.bell.on,
        actions=actions,
    )


def looks_named(name: str, room: Room) -> Looks:
    """A theme by name or path. Raises Trouble that lists what is wrong with it."""
    return Looks(load_theme(find("themes", name, room.folders)), depth_for(room.colour))


def keymap_named(name: str, room: Room, actions: tuple[str, ...]) -> Keymap:
    """A keymap by name or path. Raises Trouble that lists what is wrong with it."""
    verbs = {spelling: verb.key for spelling, verb in verb_index(room.aliases).items()}
    return load_keymap(find("keymaps", name, room.folders), verbs, actions)


def layout_named(name: str, room: Room) -> Layout:
    """A layout by name or path. Raises Trouble that lists what is wrong with it."""
    return load_layout(find("layouts", name, room.folders))


def names_of(kind: str, room: Room) -> tuple[str, ...]:
    """The themes, keymaps or layouts there are."""
    return names(kind, room.folders)
