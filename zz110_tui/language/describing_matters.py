"""One matter in a few lines of words: what ``show`` prints, and what the desk's detail page is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from zz110_tui.core.alarms import Subject
from zz110_tui.core.facts_matters import BoloSighted
from zz110_tui.core.ledger import LedgerEntry
from zz110_tui.core.matters import Matter
from zz110_tui.core.messages import Message
from zz110_tui.core.notices import Bolo, Notice, WarningNotice, may_be_read
from zz110_tui.core.orders import Errand, Order
from zz110_tui.core.roster import Roster
from zz110_tui.core.supports import Support
from zz110_tui.core.terms import incident_no, term
from zz110_tui.language.matterwords import notice_text, reader, stage_words
from zz110_tui.language.scene import Scene
from zz110_tui.language.words import colon, listed, priority_words, whole_place

Pair = tuple[str, str, str]


def matter_lines(matter: Matter, scene: Scene) -> Iterator[str]:
    """Everything the board knows about it but its chronology: ``状态：签收`` for each value there is."""
    for zh, en, value in _pairs(matter, scene):
        if value:
            yield f"{scene.say(zh, en)}{colon(scene)}{value}"
    yield from _MORE.get(type(matter), _nothing)(matter, scene)


def _pairs(matter: Matter, scene: Scene) -> Iterator[Pair]:
    if isinstance(matter, Roster):
        yield ("在班", "on", f"{matter.on} {_time(matter.on_since, scene)}".strip())
        yield ("下一班", "next", f"{matter.next_squad()} {_time(matter.next_at, scene)}".strip())
        yield ("每天轮数", "turns a day", str(matter.turns or ""))
        return
    priority = priority_words(scene, matter.priority)
    yield ("状态", "stage", f"{stage_words(matter, scene)}{scene.say(' ', ', ')}{priority}")
    if not isinstance(matter, Message):
        yield ("地点", "place", whole_place(scene, matter.place) if matter.place.text else "")
    text = notice_text(matter, scene) if isinstance(matter, WarningNotice | Bolo) else matter.text
    yield ("内容", "text", text)
    yield ("发起", "from", f"{_time(matter.opened_at, scene)} {matter.desk} {matter.person}".strip())
    yield from _OWN[type(matter)](matter, scene)


def _time(at: int, scene: Scene) -> str:
    return scene.local(at).strftime("%m-%d %H:%M:%S") if at else ""


def _yes_no(result: bool | None, scene: Scene) -> str:
    return {None: "", True: scene.say("有", "yes"), False: scene.say("无", "no")}[result]


def _message(message: Message, scene: Scene) -> Iterator[Pair]:
    yield ("警情", "incident", incident_no(message.incident) if message.incident else "")
    read = [f"{reader(r, scene)} {_time(r.read_at, scene)}" for r in message.readers if r.read_at]
    yield ("已读", "read", listed(read, scene.language))
    yield ("未读", "unread", listed((reader(r, scene) for r in message.unread), scene.language))


def _order(order: Order, scene: Scene) -> Iterator[Pair]:
    yield ("种类", "kind", term(order.kind, scene.language))
    yield ("限时", "due", _time(order.due_at, scene))
    yield ("成果", "result", _yes_no(order.result, scene))
    yield ("抓获", "caught", str(order.caught or ""))
    yield ("反馈", "feedback", order.found)


def _errands(order: Order, scene: Scene) -> Iterator[str]:
    return (_errand(errand, scene) for errand in order.errands)


def _errand(errand: Errand, scene: Scene) -> str:
    steps = (
        ("下达", "issued", errand.issued_at),
        ("签收", "signed", errand.signed_at),
        ("出发", "en route", errand.en_route_at),
        ("到位", "in place", errand.on_scene_at),
        ("结束", "ended", errand.ended_at),
    )
    times = " ".join(f"{scene.say(zh, en)} {scene.clock(at)}" for zh, en, at in steps if at)
    return f"{errand.unit} {term(errand.stage, scene.language)} {times}"


def _notice(notice: Notice, scene: Scene) -> Iterator[Pair]:
    warrant = notice.warrant
    yield ("对象", "about", term(notice.about, scene.language))
    yield ("案号", "case", warrant.case)
    yield ("依据", "legal basis", warrant.basis)
    yield ("批准", "approved by", warrant.approver)
    yield ("到期", "ends", _time(warrant.ends_at, scene))
    looks = (f"{_time(look.at, scene)} {look.desk} {look.person}" for look in notice.looks)
    yield ("查阅", "looked at", listed(looks, scene.language))


def _warning(warning: WarningNotice, scene: Scene) -> Iterator[Pair]:
    yield from _notice(warning, scene)
    yield ("责任警力", "unit", warning.unit)
    yield ("签收", "signed", _time(warning.signed_at, scene))
    yield ("现场核查", "checked", _time(warning.checked_at, scene))
    yield ("督导", "supervised", _time(warning.supervised_at, scene))
    yield ("成果", "result", _yes_no(warning.result, scene))
    yield ("核查情况", "found", warning.found if _readable(warning, scene) else "")


def _readable(notice: Notice, scene: Scene) -> bool:
    return may_be_read(notice, scene.who.desk, scene.who.person, scene.now)


def _bolo(bolo: Bolo, scene: Scene) -> Iterator[Pair]:
    yield from _notice(bolo, scene)
    yield ("发现次数", "sightings", str(bolo.sightings or ""))


def _sightings(bolo: Bolo, scene: Scene) -> Iterator[str]:
    """What was seen, for a desk whose look is recorded."""
    if _readable(bolo, scene):
        for entry in scene.board.chronology(bolo.subject):
            if isinstance(entry.fact, BoloSighted):
                fact = entry.fact
                parts = (_time(fact.at, scene), fact.unit, fact.place.text, fact.text)
                yield scene.say("发现 ", "seen ") + " ".join(part for part in parts if part)


def _support(support: Support, scene: Scene) -> Iterator[Pair]:
    yield ("种类", "kind", term(support.kind, scene.language))
    yield ("请求单位", "station", support.station)
    yield ("警情", "incident", incident_no(support.incident) if support.incident else "")
    yield ("答复", "answer", f"{_time(support.answered_at, scene)} {support.answer}".strip())
    yield ("支撑情况", "given", f"{_time(support.provided_at, scene)} {support.found}".strip())
    yield ("成果", "result", _yes_no(support.result, scene))


def _ledger(entry: LedgerEntry, scene: Scene) -> Iterator[Pair]:
    yield ("种类", "kind", term(entry.kind, scene.language))
    yield ("责任单位", "holder", entry.holder)
    yield ("限时", "due", _time(entry.due_at, scene))
    yield ("警情", "incident", incident_no(entry.incident) if entry.incident else "")
    yield ("化解情况", "settled", f"{_time(entry.settled_at, scene)} {entry.settled}".strip())
    yield ("回访", "followed up", _time(entry.followed_up_at, scene))


def _squads(roster: Roster, scene: Scene) -> Iterator[str]:
    for squad in roster.squads:
        mark = scene.say(" 在班", " on") if squad.name == roster.on else ""
        yield f"{squad.name}{mark}{colon(scene)}{listed(squad.units, scene.language)}"


def _nothing(_matter: Any, _scene: Scene) -> Iterator[str]:
    return iter(())


_OWN: dict[type, Callable[[Any, Scene], Iterator[Pair]]] = {
    Message: _message,
    Order: _order,
    WarningNotice: _warning,
    Bolo: _bolo,
    Support: _support,
    LedgerEntry: _ledger,
}
_MORE: dict[type, Callable[[Any, Scene], Iterator[str]]] = {Order: _errands, Bolo: _sightings, Roster: _squads}


def matter_of(subject: Subject, scene: Scene) -> Matter | None:
    return scene.board.matters.get(subject)
