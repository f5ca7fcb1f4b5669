"""Which units a word names: a call sign, its number, a unique tail, a list, a range."""

from __future__ import annotations

import re
from collections.abc import Iterable

from zz110_tui.core.alarms import SubjectKind
from zz110_tui.core.terms import term
from zz110_tui.language.errandwords import errand_words, on_orders
from zz110_tui.language.reading import FULL, UNFINISHED, Reading
from zz110_tui.language.scene import Scene

EVERY = "*"
MOST_IN_RANGE = 200
_NUMBER = re.compile(r"0*(\d{1,6})")
_ENDING = re.compile(r"(\d{1,6})$")
_RANGE = re.compile(r"(\d{1,6})[-~](\d{1,6})")
_SEPARATOR = re.compile(r"[,、]+")


def call_signs(word: str, known: Iterable[str]) -> tuple[list[str], int]:
    """The call signs one name may mean, and its strength: in full, or by its number (``7`` is ``07``, not ``17``), or,
    where neither, by its tail. Several: it is ambiguous."""
    if not word:
        return [], FULL
    folded = word.casefold()
    signs = list(known)
    whole = [sign for sign in signs if sign.casefold() == folded]
    if whole:
        return whole, FULL
    number = _NUMBER.fullmatch(word)
    if number:
        # Written with more digits than the call sign has, it is another number: 0001 is an incident, not unit 01.
        ends = [(sign, end[1]) for sign in signs if (end := _ENDING.search(sign))]
        same = [sign for sign, digits in ends if len(word) <= len(digits) and int(digits) == int(number[1])]
        if same:
            return same, FULL
    return [sign for sign in signs if sign.casefold().endswith(folded)], UNFINISHED


def parts_of(word: str, known: Iterable[str]) -> list[str]:
    """The single names in a list or a range; a word that is itself a call sign is one name, whatever it looks like."""
    signs = list(known)
    names: list[str] = []
    for part in _SEPARATOR.split(word.strip(",、")):
        ends = _RANGE.fullmatch(part)
        if ends and call_signs(part, signs)[0] == []:
            first, last = int(ends[1]), int(ends[2])
            if first <= last < first + MOST_IN_RANGE:
                names += [str(number) for number in range(first, last + 1)]
                continue
        names.append(part)
    return names


def read_units(word: str, scene: Scene) -> Reading | None:
    """Several units; None when any of the names is no unit's."""
    selected = scene.selected
    if word == ".":
        chosen = selected is not None and selected.kind is SubjectKind.UNIT and selected.id in scene.board.units
        return Reading((selected.id,)) if selected and chosen else None
    if word == EVERY:
        return Reading((EVERY,))
    known = scene.board.units
    found: list[str] = []
    strength = FULL
    names = parts_of(word, known)
    for position, name in enumerate(names):
        signs, how = call_signs(name, known)
        if not signs:
            return None
        if len(signs) > 1:
            others = [",".join((*names[:position], sign, *names[position + 1 :])) for sign in signs]
            words = [unit_choice(scene, sign) for sign in signs]
            return Reading(strength=UNFINISHED, among=tuple(zip(others, words, strict=True)))
        strength = max(strength, how)
        found.append(signs[0])
    return Reading(tuple(dict.fromkeys(found)), strength) if found else None


def read_unit(word: str, scene: Scene) -> Reading | None:
    """One unit and no more."""
    reading = read_units(word, scene)
    if reading is None or reading.among:
        return reading
    return Reading(reading.value[0], reading.strength) if len(reading.value) == 1 and word != EVERY else None


def no_such_unit(word: str, scene: Scene) -> str:
    """The first name in a list that is no unit's; empty when all are."""
    known = scene.board.units
    return next((name for name in parts_of(word, known) if not call_signs(name, known)[0]), "")


def unit_choice(scene: Scene, call_sign: str) -> str:
    """A unit as one of several: enough to tell it from the others."""
    unit = scene.board.units[call_sign]
    kind = term(unit.profile.kind, scene.language)
    return f"{call_sign} {unit.profile.name or kind} {doing(scene, call_sign)}"


def doing(scene: Scene, call_sign: str) -> str:
    """What a unit does now: ``到场 0139``, ``空闲``, ``空闲 t1 护学 到位``."""
    unit = scene.board.units[call_sign]
    for number in unit.incidents:
        incident = scene.board.incidents.get(number)
        assignment = incident.assignment(call_sign) if incident else None
        if assignment is not None:
            return f"{term(assignment.stage, scene.language)} {number:04d}"
    status, on_order = term(unit.status, scene.language), on_orders(scene.board).get(call_sign)
    return status if on_order is None else f"{status} {errand_words(on_order, scene)}"
