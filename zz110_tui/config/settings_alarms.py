"""What a user may set about alarms: the shelf, when they rise, the budget. Part of the model in ``settings``."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from msgspec import Meta, Struct

from zz110_tui.core.alarms import AlarmKind
from zz110_tui.core.rulebook import AlarmRules

_HOUR = r"([01]?[0-9]|2[0-4])"
_ONE_QUIET = rf"(?:([0-9A-Za-z]{{1,8}}):)?{_HOUR}-{_HOUR}"
QUIET = rf"^({_ONE_QUIET}( +{_ONE_QUIET})*)?$"
_OfAKind = Annotated[int, Meta(ge=0, le=86_400)]
_Rate = Annotated[float, Meta(ge=0.1, le=1_000)]
_Shelf = Annotated[int, Meta(ge=60, le=28_800)]


class AlarmSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """The shelf, rising by kind, and the budget (ISA-18.2, EEMUA 191)."""

    shelf: Annotated[
        _Shelf,
        Meta(
            description="How long an alarm is shelved when nobody says (seconds).",
            extra={"zh": "搁置未写时长时的时长（秒）。"},
        ),
    ] = 900
    most_shelf: Annotated[
        _Shelf,
        Meta(
            description="How long it may be shelved at most (seconds); then it comes back by itself.",
            extra={"zh": "搁置最长多久（秒），到时自行返回。"},
        ),
    ] = 1_800
    emergency: Annotated[
        _OfAKind,
        Meta(
            description="An emergency alarm that nobody took rises after so many seconds. 0: by its priority.",
            extra={"zh": "紧急求助无人认领，多少秒升级；0 按级别。"},
        ),
    ] = 30
    unanswered: Annotated[
        _OfAKind,
        Meta(
            description="The same for an unanswered call.",
            extra={"zh": "来电未接的警报无人认领，多少秒升级；0 按级别。"},
        ),
    ] = 30
    no_contact: Annotated[
        _OfAKind,
        Meta(
            description="The same for a unit on scene that is not heard from (officer safety).",
            extra={"zh": "现场久无联络的警报无人认领，多少秒升级；0 按级别。"},
        ),
    ] = 60
    budget: Annotated[
        _Rate,
        Meta(
            description="Alarms in ten minutes that one desk can well deal with.",
            extra={"zh": "每席位每十分钟可从容处理的警报数。"},
        ),
    ] = 1.0
    flood: Annotated[
        _Rate,
        Meta(
            description="Alarms in ten minutes that no desk can deal with: a flood.",
            extra={"zh": "每席位每十分钟无法处理的警报数：洪泛。"},
        ),
    ] = 10.0

    bell: Annotated[
        Literal["off", "new", "untaken"],
        Meta(
            description="When this desk rings: off, new (once for each alarm, and when it rises), or untaken (again "
            "and again until somebody takes it).",
            extra={"zh": "本席位何时响铃：off 不响，new 新警报与升级各一次，untaken 无人认领则反复响。"},
        ),
    ] = "new"
    bell_priority: Annotated[
        int,
        Meta(
            ge=1,
            le=4,
            description="Ring for alarms of this priority and more urgent ones; an emergency always rings.",
            extra={"zh": "为此级及更急的警报响铃；紧急求助总响。"},
        ),
    ] = 1
    bell_gap: Annotated[
        int,
        Meta(ge=1, le=600, description="Seconds between two bells at least.", extra={"zh": "两次铃声至少相隔多少秒。"}),
    ] = 5
    bell_every: Annotated[
        int,
        Meta(
            ge=10,
            le=3_600,
            description="How often it rings again for what nobody took (seconds), with untaken.",
            extra={"zh": "untaken 时多久再响一次（秒）。"},
        ),
    ] = 60
    quiet: Annotated[
        str,
        Meta(
            pattern=QUIET,
            description="Hours in which only an emergency rings: '22-6', or by seat '03:22-6 05:12-14'. Empty: none.",
            extra={"zh": "只为紧急求助响铃的时段：'22-6'，或按席位 '03:22-6 05:12-14'；不填则无。"},
        ),
    ] = ""
    flash: Annotated[
        bool,
        Meta(
            description="Whether the mark of an alarm nobody took flashes, once a second.",
            extra={"zh": "未认领警报的标记是否闪烁，每秒一次。"},
        ),
    ] = True

    def quiet_hours(self) -> tuple[tuple[str, int, int], ...]:
        """(seat or "", first hour, hour it ends before)."""
        parts = (re.fullmatch(_ONE_QUIET, part) for part in self.quiet.split())
        return tuple((part[1] or "", int(part[2]) % 24, int(part[3]) % 24) for part in parts if part)

    def rules(self) -> AlarmRules:
        """The same as the core takes it, in milliseconds."""
        kinds = {
            AlarmKind.EMERGENCY: self.emergency,
            AlarmKind.UNANSWERED: self.unanswered,
            AlarmKind.NO_CONTACT: self.no_contact,
        }
        return AlarmRules(
            shelf_ms=min(self.shelf, self.most_shelf) * 1000,
            most_shelf_ms=self.most_shelf * 1000,
            untaken={kind.value: seconds * 1000 for kind, seconds in kinds.items() if seconds},
            budget=self.budget,
            flood=self.flood,
        )
