"""What the caller's words and place suggest while a slip is being typed: a type, and incidents that may be the same."""

from __future__ import annotations

from zz110_tui.core.duplicates import Call, Likeness, Reason, Sign, likely
from zz110_tui.core.incidents import Report
from zz110_tui.core.places import NOWHERE, Place
from zz110_tui.core.suggesting import Suggestion, suggest
from zz110_tui.core.terms import incident_no, report_no
from zz110_tui.language.ask import Ask
from zz110_tui.language.line import Line, field_of, quoted
from zz110_tui.language.names import typed
from zz110_tui.language.parsed import Choice
from zz110_tui.language.scene import Scene
from zz110_tui.language.words import incident_choice, listed

SUGGESTED_ANYWAY = 4
"""Points from which on another, more urgent type than the one chosen is mentioned."""


def suggestions(text: str, scene: Scene) -> tuple[Suggestion, ...]:
    return suggest(text, scene.rules.types, scene.rules.patterns)


def suggested_words(suggestion: Suggestion, scene: Scene) -> str:
    """``持刀伤人 1级（持刀、砍人）``."""
    kind = scene.rules.types[suggestion.type]
    heard = listed(suggestion.words[:3], scene.language)
    return scene.say(
        f"{kind.words.zh} {kind.priority}级（{heard}）", f"{kind.words.en}, priority {kind.priority} ({heard})"
    )


def type_choices(ask: Ask, text: str) -> list[Choice]:
    """Ways to take a suggestion: the line with the type written first."""
    language = ask.scene.language
    return [
        Choice(
            ask.line.only(typed(ask.scene.rules.types[s.type], language), *ask.line.words),
            suggested_words(s, ask.scene),
        )
        for s in suggestions(text, ask.scene)
    ]


def more_urgent(kind: str, text: str, scene: Scene) -> Suggestion | None:
    """The type the words clearly suggest, where it is another and more urgent than the one chosen by hand."""
    found = suggestions(text, scene)
    if not found or found[0].type == kind or found[0].points < SUGGESTED_ANYWAY or kind not in scene.rules.types:
        return None
    types = scene.rules.types
    return found[0] if types[found[0].type].priority < types[kind].priority else None


# -- incidents that may be the same ----------------------------------------------------------------------------------


def offer_likely(ask: Ask, answered: Report | None) -> None:
    """Look for what the call may belong to, as far as it is typed; each with the line that links it."""
    scene = ask.scene
    place: Place = ask.place or (answered.place if answered else NOWHERE)
    contact = ask.word("tel") or (answered.contact if answered else "")
    text = ask.text or (answered.text if answered else "")
    if not (place.text or contact):
        return
    call = Call(scene.now, place, ask.word("t"), text, contact)
    found = likely(scene.board, call, scene.rules)
    ask.likely = [Choice(_link_line(ask, answered, one.incident), likeness_words(one, scene)) for one in found]


def _link_line(ask: Ask, answered: Report | None, to: int) -> str:
    """The report, or everything that was said of a caller who is in no queue, joins the incident: nothing is lost."""
    text = ask.text or None
    if answered is not None:
        return str(Line("lk", (report_no(answered.number), incident_no(to)), text))
    words = ["r=new", incident_no(to)]
    if ask.place is not None:
        words.append(f"@{quoted('~' + ask.place.text)}" if ask.place.point is None else _exactly(ask))
    if ask.has("ch"):
        words.append(f"ch={ask.channel.value}")
    words += [f"{name}={quoted(ask.word(name))}" for name in ("c", "tel") if ask.word(name)]
    return str(Line("lk", tuple(words), text))


def _exactly(ask: Ask) -> str:
    """The place as it was typed: it was read once and will be read the same again."""
    return next(word for word in ask.line.words if field_of(word)[0] == "at")


def likeness_words(one: Likeness, scene: Scene) -> str:
    """``0142 2 打架 胜利路x延安路 G8 待派 3:10 — 相距 40 米、3 分钟前、同类、同说“持刀”``."""
    incident = scene.board.incidents[one.incident]
    reasons = listed((reason_words(reason, scene) for reason in one.reasons), scene.language)
    return f"{incident_no(one.incident)} {incident_choice(scene, incident)} — {reasons}"


def reason_words(reason: Reason, scene: Scene) -> str:
    value = reason.value
    match reason.sign:
        case Sign.NEAR:
            return scene.say(f"相距 {value} 米", f"{value} m away")
        case Sign.PLACE:
            return scene.say("同一地点", "the same place")
        case Sign.RECENT:
            return scene.say("刚刚", "just now") if value == "0" else scene.say(f"{value} 分钟前", f"{value} min ago")
        case Sign.TYPE:
            return scene.say("同类", "the same type")
        case Sign.LIKE:
            return scene.say("类别相近", "a like type")
        case Sign.WORDS:
            return scene.say(f"同说“{value}”", f"both say “{value}”")
        case Sign.NUMBER:
            return scene.say("同一号码", "the same number")
