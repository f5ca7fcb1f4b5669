"""Steps of units on orders and warnings, with the verbs of calls: ``ack``, ``er``, ``os``, ``cl``."""

from __future__ import annotations

from zz110_tui.core import commands as c
from zz110_tui.core import commands_matters as m
from zz110_tui.core.alarms import Subject, SubjectKind
from zz110_tui.core.notices import WarningNotice
from zz110_tui.core.orders import ErrandStage, Order
from zz110_tui.core.terms import subject_no
from zz110_tui.core.transitions import after
from zz110_tui.core.transitions_matters import ERRAND, WARNING, ErrandMove, WarningMove
from zz110_tui.language.ask import Ask
from zz110_tui.language.building.matters import finish as end
from zz110_tui.language.building.matters import named, no_text, not_with, number
from zz110_tui.language.matterwords import matter_words, open_matters
from zz110_tui.language.parsed import Choice

_MOVE = {
    ErrandStage.SIGNED: (ErrandMove.SIGN, WarningMove.SIGN),
    ErrandStage.EN_ROUTE: (ErrandMove.SET_OUT, None),
    ErrandStage.ON_SCENE: (ErrandMove.ARRIVE, WarningMove.CHECK),
    ErrandStage.DONE: (ErrandMove.FINISH, None),
}


def can(order: Order, unit: str, move: ErrandMove) -> bool:
    errand = order.errand(unit)
    return errand is not None and after(ERRAND, errand.stage, move) is not None


def step(ask: Ask, stage: ErrandStage, busy: bool) -> c.Command | None:
    """The step on the matter that the line names; or, where it names none and the units have no call for the step
    (``busy``), on the only matter they have. None: it is about a call."""
    subject = named(ask)
    if subject is None:
        subject = None if busy or ask.number("i") else _only(ask, stage)
    if subject is None:
        return None
    match subject.kind:
        case SubjectKind.MESSAGE:
            return _read(ask, subject)
        case SubjectKind.SUPPORT:
            return m.AcceptSupport(number(subject), ask.text)
        case SubjectKind.WARNING:
            return _on_warning(ask, subject, stage)
        case _:
            no_text(ask)
            return m.AdvanceOrder(number(subject), _who(ask, subject, stage), stage)


def _read(ask: Ask, subject: Subject) -> c.Command:
    no_text(ask)
    if len(ask.units) > 1:
        ask.wrong("一次一个警力", "one unit at a time")
    return m.ReadMessage(number(subject), ask.units[0] if ask.units else "")


def _on_warning(ask: Ask, subject: Subject, stage: ErrandStage) -> c.Command:
    warning = ask.scene.board.matters.get(subject)
    if ask.units and isinstance(warning, WarningNotice) and ask.units != (warning.unit,):
        said = f"{subject_no(subject)} → {warning.unit}"
        ask.wrong(f"预警推送给的是 {said}", f"the warning was pushed to {said}")
    if stage is ErrandStage.SIGNED:
        no_text(ask)
        return m.SignWarning(number(subject))
    return m.CheckWarning(number(subject), ask.text)


def _who(ask: Ask, subject: Subject, stage: ErrandStage) -> tuple[str, ...]:
    """The units named; otherwise all on the order that can take the step."""
    order = ask.scene.board.matters.get(subject)
    if ask.units or not isinstance(order, Order):
        return ask.units
    move = _MOVE[stage][0]
    found = tuple(errand.unit for errand in order.errands if can(order, errand.unit, move))
    return found or tuple(errand.unit for errand in order.errands if errand.live) or (order.errands[0].unit,)


def _only(ask: Ask, stage: ErrandStage) -> Subject | None:
    """The matter on which the units named, or any, can take the step, where there is one; several are listed."""
    move, of_warning = _MOVE[stage]
    found: list[Subject] = []
    for matter in open_matters(ask.scene, SubjectKind.ORDER, SubjectKind.WARNING):
        if isinstance(matter, Order):
            units = ask.units or tuple(errand.unit for errand in matter.errands)
            fits = all if ask.units else any
            if fits(can(matter, unit, move) for unit in units):
                found.append(matter.subject)
        elif isinstance(matter, WarningNotice) and of_warning is not None and matter.stage.value != "checked":
            right = after(WARNING, matter.stage, of_warning) is not None
            if right and ask.units in ((), (matter.unit,)):
                found.append(matter.subject)
    if len(found) > 1:
        choices = [
            Choice(ask.line.plus(subject_no(subject)), matter_words(ask.scene.board.matters[subject], ask.scene))
            for subject in found
        ]
        ask.ambiguous("哪一件？", "which one?", choices)
    return found[0] if found else None


def finish(ask: Ask, busy: bool) -> c.Command | None:
    """The end of an order or a ledger entry; None: it is about a call."""
    subject = named(ask)
    if subject is None and not busy and not ask.number("i") and not ask.has("d"):
        subject = _only(ask, ErrandStage.DONE)
    if subject is None:
        not_with(ask, "res", "ct", "until")
        return None
    return end(ask, subject)
