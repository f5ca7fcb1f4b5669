"""What a user may set about alarms: the shelf, when they rise, the budget. Part of the model in ``settings``."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from zz110_tui.core.alarms import AlarmKind
from zz110_tui.core.rulebook import AlarmRules

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
