"""Lines about taking a call: entered, answered, opened as a slip, or ended without one."""

from __future__ import annotations

from typing import NoReturn

from zz110_tui.core import commands as c
from zz110_tui.core.incidents import ADVISED, INVALID, NUISANCE, Report, ReportEnd
from zz110_tui.core.places import NOWHERE, Place
from zz110_tui.core.terms import report_no
from zz110_tui.language.ask import Ask
from zz110_tui.language.likewords import more_urgent, offer_likely, suggested_words, type_choices
from zz110_tui.language.parsed import Choice
from zz110_tui.language.reading import fitting_reports, own_reports
from zz110_tui.language.verb import Fits
from zz110_tui.language.words import report, waited

_DISPOSITION = {ReportEnd.ADVISED: ADVISED, ReportEnd.INVALID: INVALID, ReportEnd.NUISANCE: NUISANCE}


def receive(ask: Ask) -> c.Command:
    return c.ReceiveReport(
        channel=ask.channel,
        caller=ask.word("c"),
        contact=ask.word("tel"),
        place=ask.place or NOWHERE,
        text=ask.text,
        source=ask.word("src"),
    )


def answer(ask: Ask) -> c.Command:
    """The one named, or the one that has waited longest: a report has no priority before somebody has listened."""
    if ask.number("r"):
        return c.AnswerReport(ask.number("r"))
    waiting = fitting_reports(ask.scene, Fits.WAITING)
    if not waiting:
        ask.wrong("没有待接的报警", "no report waits for an answer", "新警情用 n", "open a slip with n")
    return c.AnswerReport(waiting[0].number)


def open_slip(ask: Ask) -> c.Command:
    """For the report this desk has answered, if it is exactly one; otherwise for the one named, or a new one."""
    answered = _report_of_new(ask)
    offer_likely(ask, answered)
    text = ask.text or (answered.text if answered else "")
    kind = ask.word("t") or _which_type(ask, text)
    place = (
        ask.place
        or _place_of(answered)
        or ask.missing(
            "在哪里？写 @ 和地点，如 @胜利路x延安路；不知道写 @~不详",
            "where? write @ and a place, such as @胜利路x延安路; if nobody knows @~unknown",
        )
    )
    urgent = more_urgent(kind, text, ask.scene)
    if urgent is not None:
        words = suggested_words(urgent, ask.scene)
        ask.note(f"文字更像 {words}", f"the words sound like {words}")
    if ask.likely:
        same = ask.likely[0].words
        ask.note(f"疑似同一警情 {same}", f"perhaps the same as {same}")
    if answered is not None:
        ask.note(f"用接警 {report(ask.scene, answered)}", f"for report {report(ask.scene, answered)}")
    return c.OpenIncident(
        type=kind,
        place=place,
        report=answered.number if answered else 0,
        priority=ask.number("p"),
        text=text,
        channel=ask.channel,
        caller=ask.word("c"),
        contact=ask.word("tel"),
    )


def _which_type(ask: Ask, text: str) -> NoReturn:
    """What the words suggest is offered for one key; it is never taken by itself."""
    choices = type_choices(ask, text)
    if not choices:
        ask.missing("什么类别？如 打架；? types 列出全部", "which type? such as fight; ? types lists all")
    ask.offer = choices[0].insert
    first = choices[0].words
    ask.missing(
        f"什么类别？文字像 {first}，Tab 采纳", f"which type? the words sound like {first}: Tab takes it", choices
    )


def _place_of(answered: Report | None) -> Place | None:
    return answered.place if answered is not None and answered.place.text else None


def _report_of_new(ask: Ask) -> Report | None:
    if ask.has("r"):
        return ask.scene.board.reports.get(ask.number("r"))
    if any(ask.has(name) for name in ("ch", "c", "tel")):
        return None  # these describe a caller who is not in the queue
    own = own_reports(ask.scene)
    if len(own) > 1:
        new = Choice(ask.line.plus("r=new"), ask.say("另立，不用已接的报警", "a new one, none of those answered"))
        choices = [*_report_choices(ask, own), new]
        ask.ambiguous("本席位接起了几个报警：用哪一个？", "this desk has answered several reports: which one?", choices)
    return own[0] if own else None


def _report_choices(ask: Ask, found: list[Report]) -> list[Choice]:
    scene = ask.scene
    return [
        Choice(ask.line.plus(report_no(r.number)), f"{report(scene, r)} {waited(scene, r.received_at)}") for r in found
    ]


def _which_report(ask: Ask, found: list[Report]) -> int:
    """The only one there is."""
    if len(found) == 1:
        return found[0].number
    if not found:
        ask.wrong("没有未结的报警", "no report is open")
    return ask.missing("哪个报警？写 r 和编号", "which report? write r and its number", _report_choices(ask, found))


def end_as(ask: Ask, end: ReportEnd) -> c.Command:
    """Of a report or of an incident, the one named; otherwise the one report this desk has answered."""
    if ask.number("i") and ask.number("r"):
        ask.wrong("报警和警情只写一个", "name a report or an incident, not both")
    if ask.number("i"):
        return c.Finish(ask.number("i"), _DISPOSITION[end], ask.text)
    number = ask.number("r") or _which_report(ask, own_reports(ask.scene))
    return c.EndReport(number, end, ask.text)


def advise(ask: Ask) -> c.Command:
    return end_as(ask, ReportEnd.ADVISED)


def invalid(ask: Ask) -> c.Command:
    return end_as(ask, ReportEnd.INVALID)


def nuisance(ask: Ask) -> c.Command:
    return end_as(ask, ReportEnd.NUISANCE)


def abandon(ask: Ask) -> c.Command:
    found = own_reports(ask.scene) or fitting_reports(ask.scene, Fits.WAITING)
    return c.EndReport(ask.number("r") or _which_report(ask, found), ReportEnd.ABANDONED, ask.text)
