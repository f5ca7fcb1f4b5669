"""What every command stands on before it opens a store: settings, rules, city, and who is acting."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from zz110_tui.cli.exits import CONFIG
from zz110_tui.cli.invocation import Invocation
from zz110_tui.config.folders import find, names, rulebook_folder
from zz110_tui.config.load import DEFAULT, Loaded, load
from zz110_tui.config.problems import both
from zz110_tui.config.rulebook import load_rulebook, with_limits
from zz110_tui.core.desks import Actor, Duty
from zz110_tui.core.rulebook import Rulebook
from zz110_tui.core.trouble import Trouble
from zz110_tui.store.journal import StoreKind

if TYPE_CHECKING:
    from zz110_tui.gis.city import City


@dataclass(frozen=True, slots=True)
class Surroundings:
    """``store`` is where the journal is; ``language`` is what people are answered in."""

    invocation: Invocation
    loaded: Loaded
    rules: Rulebook
    language: str
    store: Path
    kind: StoreKind

    def timezone_in(self, city: City | None) -> str:
        """The room's time zone: the one somebody set, else the city's."""
        if city is None or self.loaded.sources["timezone"] != DEFAULT:
            return self.loaded.settings.timezone
        return city.timezone

    @property
    def city_named(self) -> str:
        """The city somebody asked for, on the command line or in a settings file; "" when nobody did."""
        if self.invocation.city:
            return self.invocation.city
        return self.loaded.settings.city if self.loaded.sources["city"] != DEFAULT else ""

    def driven(self, city: City) -> City:
        """The city with the emergency driving that somebody set in place of what its pack says."""
        factor = self.loaded.settings.travel.emergency
        return replace(city, travel=replace(city.travel, emergency=factor)) if factor else city

    def actor(self, channel: str) -> Actor:
        """Who acts, by which way (``keyboard``, ``cli``)."""
        desk, asked = self.loaded.settings.desk, self.invocation
        return Actor(
            asked.person or desk.person or _owner(), asked.desk or desk.id, Duty(asked.duty or desk.duty), channel
        )

    @property
    def archive_folders(self) -> tuple[Path, ...]:
        """Where archives are looked for that are not where they were put: those of the command line first."""
        named = (name.strip() for name in self.loaded.settings.archive.folders.split(":"))
        return (*self.invocation.archive_folders, *(Path(name).expanduser() for name in named if name))

    def say(self, zh: str, en: str) -> str:
        return zh if self.language == "zh" else en


def _owner() -> str:
    """The name of who runs this process, where the environment does not say: every step has a person."""
    import pwd

    try:
        return "".join(letter for letter in pwd.getpwuid(os.getuid()).pw_name if letter.isprintable())[:40]
    except KeyError:
        return f"uid {os.getuid()}"


def look_around(invocation: Invocation) -> Surroundings:
    """Settings and rules as they count. Raises Trouble that lists everything wrong in them."""
    loaded = load(invocation.config_dir, invocation.store)
    settings = loaded.settings
    rulebook = load_rulebook(rulebook_folder(loaded.folders))
    hold, fill_in, alarms = settings.hold * 1000, settings.fill_in.rules(), settings.alarms.rules()
    rules = with_limits(rulebook, settings.limits_by_priority(), hold, fill_in, alarms)
    store = loaded.store
    if invocation.drill and loaded.sources["store"] == DEFAULT:
        store = store.with_name("drill.zz110")
    language = invocation.language or settings.language
    return Surroundings(invocation, loaded, rules, language, store, "drill" if invocation.drill else "live")


def find_city(name: str, loaded: Loaded) -> Path:
    """The folder of a city pack. Raises Trouble that lists where it looked."""
    return find("cities", name, loaded.folders)


def city_names(loaded: Loaded) -> tuple[str, ...]:
    return names("cities", loaded.folders)


def the_city(around: Surroundings, of_store: str) -> City:
    """The city to work in: the one asked for, else the one the store belongs to, else the usual one.

    Raises Trouble where the store belongs to another city than the one asked for.
    """
    from zz110_tui.gis.city import load_city

    name = around.city_named or of_store or around.loaded.settings.city
    city = around.driven(load_city(find_city(name, around.loaded)))
    if of_store and city.name != of_store:
        raise Trouble(
            both(f"这个库属于城市 {of_store}", f"this store belongs to the city {of_store}"),
            both(f"要用的是 {city.name}：{around.store}", f"asked for was {city.name}: {around.store}"),
            both(
                f"用 --city {of_store}，或用另一个库 --store 路径",
                f"use --city {of_store}, or another store with --store PATH",
            ),
            exit_code=CONFIG,
        )
    return city


def city_of_store(around: Surroundings, of_store: str) -> City | None:
    """The city a store belongs to, for reading: None where its pack is not here, which only costs some names."""
    from zz110_tui.gis.city import load_city

    try:
        city = load_city(find_city(around.invocation.city or of_store, around.loaded))
    except Trouble:
        return None
    return city if city.name == of_store else None
