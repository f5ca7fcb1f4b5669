"""How people behave in a drill, as data: ``drill/profile.toml``, changed by a city pack's own ``drill.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from zz110_tui.config.problems import EXIT_CONFIG, both, shown
from zz110_tui.core.incidents import Channel
from zz110_tui.core.notices import About
from zz110_tui.core.orders import OrderKind
from zz110_tui.core.rulebook import Category, Rulebook
from zz110_tui.core.supports import SupportKind
from zz110_tui.core.trouble import Trouble
from zz110_tui.drill.streams import Choices, Lognormal

FORMAT = 1
DEFAULT = Path(__file__).with_name("profile.toml")
PACK_FILE = "drill.toml"
MOST_A_DAY = 10_000


class Room(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    takers: int
    dispatchers: int


class Times(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    answer: Lognormal
    patience: Lognormal
    hang_up: Lognormal
    wrap_up: Lognormal
    short_talk: Lognormal
    dispatch: Lognormal
    sign: Lognormal
    set_out: Lognormal
    feed_back: Lognormal
    receiver_answer: Lognormal
    call_back: Lognormal
    close: Lognormal
    second_caller: Lognormal
    cancel: Lognormal
    contact: Lognormal
    attend: Lognormal
    errand: Lognormal


class Shares(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    support_leaves: float
    call_back: float
    satisfied: float
    reclassified: float
    cancelled: float
    linked_late: float


class Extra(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Contacts besides those that open a slip, for each slip."""

    linked: float
    advised: float
    invalid: float
    nuisance: float
    abandoned: float


class Matters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many of each come in a day, where a drill has them."""

    orders: float
    warnings: float
    supports: float
    emergencies: float
    messages: float
    notices: float


class OrderStory(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kind: OrderKind
    text: str


class NoticeStory(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    about: About
    text: str


class SupportStory(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kind: SupportKind
    text: str


class Stories(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What they say. Each comes as often as another."""

    orders: tuple[OrderStory, ...]
    warnings: tuple[NoticeStory, ...]
    supports: tuple[SupportStory, ...]
    messages: tuple[str, ...]
    notices: tuple[NoticeStory, ...]


class Area(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    far_m: float
    far_receiver: str


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: int
    room: Room
    times: Times
    questions: dict[Category, Lognormal]
    service: dict[Category, Lognormal]
    shares: Shares
    extra: Extra
    transfers: dict[str, float]
    matters: Matters
    stories: Stories
    area: Area
    channels: dict[Channel, float]
    types: dict[Category, dict[str, float]]
    dispositions: dict[Category, dict[str, float]]


def load_profile(path: Path | None = None) -> Profile:
    """The profile that comes with zz110, with what the file at ``path`` says instead, table by table.

    Raises Trouble for a file that cannot be read, a key that does not exist, a number that makes no sense.
    """
    base = tomllib.loads(DEFAULT.read_text(encoding="utf-8"))
    if path is not None:
        base = _over(base, _read(path))
    where = path or DEFAULT
    try:
        profile = msgspec.convert(base, Profile, strict=True)
    except msgspec.ValidationError as fault:
        raise _trouble(where, str(fault)) from fault
    for cause in _nonsense(profile):
        raise _trouble(where, cause)
    return profile


def pack_profile(pack: Path) -> Profile:
    """The profile for a city pack in a folder: its own ``drill.toml`` where it has one."""
    own = pack / PACK_FILE
    return load_profile(own if own.is_file() else None)


class Chances:
    """A profile and a rulebook made ready to draw from."""

    def __init__(self, profile: Profile, rules: Rulebook) -> None:
        """Raises Trouble when the rulebook lacks what the profile cannot do without."""
        self.profile = profile
        self.types = {category: _types(profile, rules, category) for category in Category}
        self.dispositions = {
            category: _known(profile.dispositions.get(category, {}), rules.dispositions, f"dispositions.{category}")
            for category in Category
        }
        transfers = {code: share for code, share in profile.transfers.items() if code in rules.receivers}
        self.transferred = sum(transfers.values())
        self.receivers = Choices(transfers) if self.transferred else None
        self.channels = Choices(profile.channels)
        if profile.area.far_receiver not in rules.receivers:
            raise _lacks("area.far_receiver", profile.area.far_receiver)


def _types(profile: Profile, rules: Rulebook, category: Category) -> Choices[str]:
    weights = {
        code: weight
        for code, weight in profile.types.get(category, {}).items()
        if code in rules.types and rules.types[code].category is category
    }
    if not any(weights.values()):
        weights = {code: 1.0 for code, kind in rules.types.items() if kind.category is category}
    if not weights:
        raise _lacks(f"types.{category}", category)
    return Choices(weights)


def _known(weights: Mapping[str, float], known: Mapping[str, object], key: str) -> Choices[str]:
    found = {code: weight for code, weight in weights.items() if code in known}
    if not any(found.values()):
        raise _lacks(key, ", ".join(weights))
    return Choices(found)


def _over(base: dict[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Scalars and durations one by one; a table of shares (types, dispositions, transfers, channels) as a whole."""
    merged = dict(base)
    for key, value in own.items():
        there = merged.get(key)
        whole = key in ("transfers", "channels")
        if isinstance(there, dict) and isinstance(value, dict) and not whole:
            merged[key] = {**there, **value}
        else:
            merged[key] = value
    return merged


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise _trouble(path, str(fault)) from fault


def _nonsense(profile: Profile) -> list[str]:
    durations = {
        **{f"times.{name}": getattr(profile.times, name) for name in Times.__struct_fields__},
        **{f"questions.{name}": span for name, span in profile.questions.items()},
        **{f"service.{name}": span for name, span in profile.service.items()},
    }
    wrong = [
        both(f"{key} 不是合理的时长", f"{key} is no sensible duration")
        for key, span in durations.items()
        if not (0 < span.median_s <= span.longest_s and 0 <= span.sigma <= 3)
    ]
    shares = {f"shares.{name}": getattr(profile.shares, name) for name in Shares.__struct_fields__}
    shares |= {f"extra.{name}": getattr(profile.extra, name) for name in Extra.__struct_fields__}
    shares |= {f"transfers.{name}": share for name, share in profile.transfers.items()}
    wrong += [
        both(f"{key} 不在 0 与 1 之间", f"{key} is not between 0 and 1")
        for key, share in shares.items()
        if not 0 <= share <= 1
    ]
    if sum(profile.transfers.values()) + profile.shares.cancelled > 1:
        wrong.append(both("移交和撤销的份额之和超过 1", "the shares of transfers and cancelled add up to more than 1"))
    if not any(weight > 0 for weight in profile.channels.values()):
        wrong.append(both("channels 没有可用的份额", "channels have no share above 0"))
    rates = {name: getattr(profile.matters, name) for name in Matters.__struct_fields__}
    wrong += [
        both(f"matters.{name} 不在 0 与 {MOST_A_DAY} 之间", f"matters.{name} is not between 0 and {MOST_A_DAY}")
        for name, rate in rates.items()
        if not 0 <= rate <= MOST_A_DAY
    ]
    wrong += [
        both(f"stories.{name} 没有内容", f"stories.{name} are empty")
        for name in Stories.__struct_fields__
        if rates[name] and not getattr(profile.stories, name)
    ]
    if min(profile.room.takers, profile.room.dispatchers) < 1:
        wrong.append(both("room 要至少各有一人", "room needs at least one of each"))
    for name, table in (("questions", profile.questions), ("service", profile.service)):
        wrong += [both(f"缺少 {name}.{c}", f"{name}.{c} is missing") for c in Category if c not in table]
    if profile.format != FORMAT:
        wrong.append(both(f"format 不是 {FORMAT}", f"format is not {FORMAT}"))
    return wrong


def _trouble(path: Path, cause: str) -> Trouble:
    return Trouble(
        both("演练参数不能使用", "the profile of the drill cannot be used"),
        f"{path.name}: {cause}",
        both("各项含义见 docs/drill.md", "docs/drill.md explains every number"),
        exit_code=EXIT_CONFIG,
    )


def _lacks(key: str, what: str) -> Trouble:
    return Trouble(
        both("演练参数与规则册不合", "the profile of the drill does not go with the rulebook"),
        both(f"{key}: 规则册没有 {shown(what)}", f"{key}: the rulebook has no {shown(what)}"),
        both("改演练参数，或补上规则册", "change the profile, or add to the rulebook"),
        exit_code=EXIT_CONFIG,
    )
