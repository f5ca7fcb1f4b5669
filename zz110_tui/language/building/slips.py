"""Lines about a slip: hold, priority, corrections, notes, links, transfers, and how it ends."""

from __future__ import annotations

from zz110_tui.core import commands as c
from zz110_tui.core.commands_matters import NoteMatter
from zz110_tui.core.incidents import CANCELLED, LOWEST_PRIORITY
from zz110_tui.core.places import NOWHERE
from zz110_tui.core.terms import incident_no
from zz110_tui.language.ask import Ask
from zz110_tui.language.building import matters
from zz110_tui.language.building.sending import current_incident
from zz110_tui.language.names import typed
from zz110_tui.language.parsed import Choice
from zz110_tui.language.reading import fitting, own_reports
from zz110_tui.language.verb import Fits
from zz110_tui.language.words import priority_words, report


def hold(ask: Ask) -> c.Command:
    waiting = [i for i in fitting(ask.scene, Fits.QUEUED) if not i.held_until]
    only = waiting[0].number if len(waiting) == 1 else 0
    return c.Hold(ask.number("i") or only or ask.only_incident(Fits.QUEUED), ask.number("until"), ask.text)


def release(ask: Ask) -> c.Command:
    return c.Release(ask.incident(Fits.HELD))


def raise_priority(ask: Ask) -> c.Command:
    return _priority(ask, -1)


def lower_priority(ask: Ask) -> c.Command:
    return _priority(ask, +1)


def _priority(ask: Ask, step: int) -> c.Command:
    number = ask.incident(Fits.OPEN)
    known = ask.scene.board.incidents.get(number)
    now = known.priority if known else LOWEST_PRIORITY
    wanted = ask.number("p") or now + step
    if not 1 <= wanted <= LOWEST_PRIORITY or (wanted - now) * step <= 0:
        is_now = priority_words(ask.scene, now)
        ask.wrong(
            f"{incident_no(number)} 现为{is_now}", f"{incident_no(number)} is {is_now}",
            "1 最急，4 最缓；up 升，dn 降", "1 is the most urgent, 4 the least; up raises, dn lowers",
        )  # fmt: skip
    return c.AmendIncident(number, priority=wanted)


def amend(ask: Ask) -> c.Command:
    number = ask.incident(Fits.OPEN)
    if not any(ask.has(name) for name in ("t", "at", "p")) and not ask.text:
        ask.missing("更正什么？t=类别 @地点 p=级别，或 / 文字", "correct what? t=type @place p=priority, or / text")
    return c.AmendIncident(
        number,
        type=ask.values.get("t"),
        priority=ask.values.get("p"),
        place=ask.place,
        text=ask.text or None,
    )


def note(ask: Ask) -> c.Command:
    unit = ask.word("u")
    matter = matters.named(ask)
    if matter is not None:
        return NoteMatter(matter, ask.text, unit)
    number = ask.number("i") or (current_incident(ask, unit) if unit else ask.only_incident(Fits.LIVE))
    return c.AddNote(number, ask.text, unit)


def link(ask: Ask) -> c.Command:
    """An incident, or a report, to another incident; without either, the one report this desk has answered."""
    to = ask.number("to") or ask.missing("并入哪个警情？写警情号", "linked to which incident? write its number")
    if ask.number("r") and ask.number("i"):
        ask.wrong("报警和警情只写一个", "name a report or an incident, not both")
    if ask.number("i"):
        if ask.text:
            ask.wrong("关联警情不带文字", "linking incidents takes no text", "备注用 nt", "for a note use nt")
        return c.LinkIncident(ask.number("i"), to)
    if ask.number("r"):
        return c.LinkReport(ask.number("r"), to, ask.text)
    if any(ask.has(name) for name in ("r", "at", "ch", "c", "tel")):
        caller, contact = ask.word("c"), ask.word("tel")
        return c.LinkReport(0, to, ask.text, ask.channel, caller, contact, ask.place or NOWHERE)
    own = own_reports(ask.scene)
    if len(own) != 1:
        ask.missing(
            f"什么并入 {incident_no(to)}？写警情号或 r 编号",
            f"what belongs to {incident_no(to)}? an incident or r and a number",
        )
    ask.note(f"用接警 {report(ask.scene, own[0])}", f"for report {report(ask.scene, own[0])}")
    return c.LinkReport(own[0].number, to, ask.text)


def split(ask: Ask) -> c.Command:
    return c.Split(ask.incident(Fits.LINKED))


def transfer(ask: Ask) -> c.Command:
    receiver = ask.word("to")
    number = ask.incident(Fits.OPEN)
    if not receiver:
        language = ask.scene.language
        known = ask.scene.rules.receivers.values()
        choices = [Choice(ask.line.plus(typed(entry, language)), entry.words.in_(language)) for entry in known]
        ask.missing("移交给谁？", "transfer to whom?", choices)
    return c.Transfer(number, receiver, ask.text)


def feed_back(ask: Ask) -> c.Command:
    matter = matters.named(ask)
    if matter is not None:
        return matters.feed_back(ask, matter)
    matters.not_with(ask, "res", "u", "at")
    return c.FeedBack(ask.incident(Fits.HANDLED), ask.word("t"), ask.text)


def call_back(ask: Ask) -> c.Command:
    matter = matters.named(ask)
    if matter is not None:
        return matters.follow_up(ask, matter)
    number = ask.incident(Fits.FED_BACK)
    if not ask.has("ok"):
        choices = [
            Choice(ask.line.plus("满意"), ask.say("满意", "satisfied")),
            Choice(ask.line.plus("不满意"), ask.say("不满意", "not satisfied")),
        ]
        ask.missing("满意还是不满意？", "satisfied or not?", choices)
    return c.CallBack(number, bool(ask.values["ok"]), ask.text)


def close(ask: Ask) -> c.Command:
    matter = matters.named(ask)
    if matter is not None:
        return matters.close(ask, matter)
    matters.not_with(ask, "res")
    matters.no_text(ask)
    return c.CloseIncident(ask.incident(Fits.CLOSABLE))


def reopen(ask: Ask) -> c.Command:
    return c.Reopen(ask.incident(Fits.ENDED), ask.text)


def cancel(ask: Ask) -> c.Command:
    matter = matters.named(ask)
    if matter is not None:
        return matters.withdraw(ask, matter)
    return c.Finish(ask.incident(Fits.OPEN), CANCELLED, ask.text)
