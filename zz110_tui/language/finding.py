"""``find``: what on the board, which filed slip, and which place of the city has something to do with a few words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from zz110_tui.core.alarms import Subject, of_incident, of_report, of_unit
from zz110_tui.core.cleaning import visible
from zz110_tui.core.incidents import Incident, Report
from zz110_tui.core.masking import MASK, mask_contact
from zz110_tui.core.notices import Bolo, WarningNotice
from zz110_tui.core.places import Place
from zz110_tui.core.terms import incident_no, report_no
from zz110_tui.language.matterwords import matter_line, text_of
from zz110_tui.language.placewords import MOST_CHOICES
from zz110_tui.language.placewords import find as find_places
from zz110_tui.language.scene import Scene
from zz110_tui.language.searching import Search, search_of
from zz110_tui.language.unitwords import unit_choice
from zz110_tui.language.words import area, disposition_name, incident_choice, report, short_text, type_name, waited

_NUMBER = re.compile(r"[rR#]?0*(\d{1,9})")


LEAST_MASKED = 7
"""Digits of a number that is looked for among masked ones: of a shorter one too little is left to go by."""


@dataclass(frozen=True, slots=True)
class Found:
    """One thing found: a ``subject`` of the board, or a ``place`` of the city. ``words`` are ready to be drawn."""

    words: str
    subject: Subject | None = None
    place: Place | None = None


def find(text: str, scene: Scene, limit: int = 20, filed: Iterable[Incident] = ()) -> tuple[Found, ...]:
    """Incidents, reports, matters, units and places that fit all the words, in this order, newest first; slips alone
    where a day or a unit is named. ``filed`` are the slips of the history that fit: they left the board."""
    search = search_of(text, scene)
    words = search.words.casefold().split()
    if not words and not search.dated and not search.unit:
        return ()
    found = [*_incidents(words, search, scene), *_filed(filed, search, scene)]
    if not search.dated and not search.unit:
        found += [
            *_reports(words, scene),
            *_matters(words, scene),
            *_units(words, scene),
            *_places(text, scene),
        ]
    return tuple(found[:limit])


def _incidents(words: list[str], search: Search, scene: Scene) -> Iterator[Found]:
    for known in sorted(scene.board.incidents.values(), key=lambda i: -i.number):
        fits = all(_fits(word, incident_no(known.number), _incident_text(known, scene)) for word in words)
        if fits and search.takes(known):
            line = f"{incident_no(known.number)} {incident_choice(scene, known)}"
            yield Found(visible(line), of_incident(known.number))


def _filed(slips: Iterable[Incident], search: Search, scene: Scene) -> Iterator[Found]:
    for known in sorted(slips, key=lambda i: -i.number):
        if known.number not in scene.board.incidents and search.takes(known):
            when = scene.local(known.received_at).strftime("%Y-%m-%d %H:%M")
            kind = type_name(scene, known.final_type or known.type)
            ended = disposition_name(scene, known.disposition) if known.disposition else ""
            parts = (incident_no(known.number), when, kind, ended, known.place.text, known.text)
            yield Found(visible(" ".join(part for part in parts if part)), of_incident(known.number))


def _incident_text(known: Incident, scene: Scene) -> str:
    kind = scene.rules.types.get(known.type)
    names = (kind.code, kind.words.zh, kind.words.en) if kind else (known.type,)
    callers = [scene.board.reports[number] for number in known.reports if number in scene.board.reports]
    parts = (*names, known.place.text, known.place.cell, known.text, known.disposition_text)
    return " ".join((*parts, *(f"{caller.caller} {caller.contact}" for caller in callers))).casefold()


def _reports(words: list[str], scene: Scene) -> Iterator[Found]:
    for known in sorted(scene.board.reports.values(), key=lambda r: -r.number):
        if all(_fits(word, report_no(known.number), _report_text(known)) for word in words):
            parts = (report(scene, known), waited(scene, known.received_at), short_text(known.text))
            yield Found(visible(" ".join(part for part in parts if part)), of_report(known.number))


def _report_text(known: Report) -> str:
    return f"{known.caller} {known.contact} {known.place.text} {known.text} {known.source}".casefold()


def _units(words: list[str], scene: Scene) -> Iterator[Found]:
    for call_sign, unit in scene.board.units.items():
        text = f"{call_sign} {unit.profile.name} {unit.profile.kind}".casefold()
        if all(word in text for word in words):
            yield Found(visible(unit_choice(scene, call_sign)), of_unit(call_sign))


def _matters(words: list[str], scene: Scene) -> Iterator[Found]:
    """Matters by number, kind and text; of a notice only what may be seen without a recorded look."""
    for known in sorted(scene.board.matters.values(), key=lambda m: (m.subject.kind.value, -m.number)):
        line = matter_line(known, scene)
        text = line if isinstance(known, WarningNotice | Bolo) else f"{line} {text_of(known, scene)}"
        if all(word in text.casefold() for word in words):
            yield Found(visible(line), known.subject)


def _places(text: str, scene: Scene) -> Iterator[Found]:
    if scene.gazetteer is not None:
        for match in find_places(scene.gazetteer, text[:120])[:MOST_CHOICES]:
            yield Found(visible(f"@{match.place.text} {area(scene, match.place)}".rstrip()), place=match.place)


def _fits(word: str, number: str, text: str) -> bool:
    """The word is in the text, or is the number or a tail of it."""
    digits = _NUMBER.fullmatch(word)
    if digits and (word == number or (word[0] not in "rR#" and number.endswith(digits[1]))):
        return True
    if word in text:
        return True
    return MASK in text and len(word) >= LEAST_MASKED and word.isdecimal() and mask_contact(word) in text
