"""How numbers, lists and things on the board are written, in the desk's language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from zz110_tui.core.incidents import Incident, Report
from zz110_tui.core.masking import mask_contact, mask_name
from zz110_tui.core.places import Place
from zz110_tui.core.recommend import Arrival
from zz110_tui.core.terms import incident_no, report_no, term
from zz110_tui.language.scene import Scene

TEXT_SHOWN = 40
DAY_MS = 86_400_000
"""How much of a free text a preview repeats, in characters."""


def minutes(seconds: float) -> str:
    """``1:50``; an hour and more as ``1:02:10``."""
    whole = max(0, round(seconds))
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"


def waited(scene: Scene, since: int) -> str:
    """How long something lasts by now: ``0:41``."""
    return minutes((scene.now - since) / 1000)


def waited_or_day(scene: Scene, since: int) -> str:
    """How long it lasts by now; of what is older than a day, when it began."""
    if scene.now - since < DAY_MS:
        return waited(scene, since)
    at = scene.local(since)
    return at.strftime("%m-%d %H:%M" if at.year == scene.local(scene.now).year else "%Y-%m-%d %H:%M")


def listed(words: Iterable[str], language: str) -> str:
    return ("、" if language == "zh" else ", ").join(words)


def colon(scene: Scene) -> str:
    return scene.say("：", ": ")


def units(scene: Scene, call_signs: Sequence[str]) -> str:
    return listed(call_signs, scene.language)


def expected(arrival: Arrival) -> str:
    """``1:50 (97%)``: the median, and the chance to be there within five minutes."""
    return f"{minutes(arrival.seconds)} ({percent(arrival.chance_within(300.0))})"


def percent(chance: float) -> str:
    """A chance as whole per cent; only what is certain is 100 or 0."""
    if 0.0 < chance < 1.0:
        return f"{min(99, max(1, round(chance * 100)))}%"
    return f"{round(chance * 100)}%"


def type_name(scene: Scene, code: str) -> str:
    kind = scene.rules.types.get(code)
    return code if kind is None else kind.words.in_(scene.language)


def disposition_name(scene: Scene, code: str) -> str:
    known = scene.rules.dispositions.get(code)
    return code if known is None else known.words.in_(scene.language)


def receiver_name(scene: Scene, code: str) -> str:
    known = scene.rules.receivers.get(code)
    return code if known is None else known.words.in_(scene.language)


def priority_words(scene: Scene, priority: int) -> str:
    return scene.say(f"{priority}级", f"priority {priority}")


def grid_name(scene: Scene, grid_id: str) -> str:
    """The grid's name on this desk; its id where no city is loaded."""
    grid = scene.gazetteer.city.grid(grid_id) if scene.gazetteer and grid_id else None
    if grid is None:
        return grid_id
    return (grid.name_en or grid.name.text) if scene.language == "en" else grid.name.text


def area(scene: Scene, place: Place) -> str:
    """Where on the map: ``芗城 F7``; the words of the place where it is not on the map."""
    on_map = " ".join(part for part in (grid_name(scene, place.grid), place.cell) if part)
    return on_map or place.text


def whole_place(scene: Scene, place: Place) -> str:
    """The words of the place, and where that is on the map."""
    where = grid_name(scene, place.grid) if place.text == place.cell else area(scene, place)
    return place.text if where in ("", place.text) else f"{place.text} {where}"


def spot(place: Place) -> str:
    """The words of a place and its map cell; a place that is only a map cell is named once."""
    return place.text if place.text == place.cell else f"{place.text} {place.cell}".strip()


def incident(scene: Scene, number: int) -> str:
    """``0142 打架 芗城 F7``."""
    known = scene.board.incidents.get(number)
    if known is None:
        return incident_no(number)
    return incident_words(scene, known)


def post_name(scene: Scene, name: str) -> str:
    """A post's name on this desk: facts keep it as the city's pack has it."""
    if scene.language != "en" or scene.gazetteer is None:
        return name
    known = next((post for post in scene.gazetteer.city.posts if post.name.text == name), None)
    return (known.name_en if known is not None else "") or name


def incident_words(scene: Scene, known: Incident) -> str:
    return f"{incident_no(known.number)} {type_name(scene, known.type)} {area(scene, known.place)}".rstrip()


def incident_choice(scene: Scene, known: Incident) -> str:
    """An incident as one of several: enough to tell it from the others."""
    stage = term(known.stage, scene.language)
    kind = type_name(scene, known.type)
    return f"{known.priority} {kind} {spot(known.place)} {stage} {waited_or_day(scene, known.received_at)}"


def report(scene: Scene, known: Report) -> str:
    """``r17 电话 139****2207 胜利路x延安路``, the caller's data masked."""
    parts = (
        report_no(known.number),
        term(known.channel, scene.language),
        mask_name(known.caller) if known.caller else "",
        mask_contact(known.contact) if known.contact else "",
        known.place.text,
    )
    return " ".join(part for part in parts if part)


def short_text(text: str) -> str:
    return text if len(text) <= TEXT_SHOWN else text[:TEXT_SHOWN] + "…"
