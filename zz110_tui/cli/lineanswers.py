"""One line of the desk's language, done against a room, and its answer as a document and in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from zz110_tui.cli.documents import Document, record_of, refusal
from zz110_tui.cli.exits import OK, REFUSED, STORE_IN_USE, UNCLEAR
from zz110_tui.cli.lines import LONGEST_LINE, Line
from zz110_tui.cli.queries import answer_query
from zz110_tui.cli.wiring import Room
from zz110_tui.core.alarms import Subject, SubjectKind, of_incident, of_report, of_unit
from zz110_tui.core.answers import Answer
from zz110_tui.core.board import Board
from zz110_tui.core.cleaning import visible
from zz110_tui.core.facts import Entry
from zz110_tui.core.facts_matters import NoticeLookedAt
from zz110_tui.core.matters import KINDS
from zz110_tui.core.subjects import subjects_of
from zz110_tui.language.parse import parse
from zz110_tui.language.parsed import Parsed, Show, Status
from zz110_tui.language.refusing import refusal_words
from zz110_tui.language.saying import say_answer
from zz110_tui.language.scene import Scene

_BY_WEIGHT = (SubjectKind.INCIDENT, SubjectKind.REPORT, *KINDS, SubjectKind.UNIT)


@dataclass(frozen=True, slots=True)
class LineAnswer:
    """What became of a line. ``status`` is ``accepted``, ``refused``, ``told`` (a question), or the parser's word for
    why it was not sent: ``incomplete``, ``ambiguous``, ``wrong``, ``empty``. ``not_sent``: the core could not be
    reached; ``kept``: so it is in the outbox."""

    line: Line
    status: str
    words: tuple[str, ...]
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    answer: Answer | None = None
    result: Document | None = None

    @property
    def exit_code(self) -> int:
        if self.status in ("accepted", "told"):
            return OK
        if not self.reached:
            return STORE_IN_USE
        return REFUSED if self.status == "refused" else UNCLEAR

    @property
    def reached(self) -> bool:
        """Whether there was a core to ask."""
        return self.status not in ("not_sent", "kept")

    def document(self, scene: Scene | None) -> Document:
        """Every key is always there, so that a script can rely on it."""
        answer = self.answer
        no = answer.refusal if answer else None
        return {
            "n": self.line.number,
            "line": self.line.text,
            "status": self.status,
            "says": "\n".join(self.words),
            "hint": self.hint or None,
            "choices": [{"line": insert, "says": words} for insert, words in self.choices],
            "command": answer.command if answer else None,
            "position": answer.position if answer else None,
            "entries": [record_of(entry) for entry in answer.entries] if answer else [],
            "refusal": refusal(no, scene) if no and scene else None,
            "result": self.result,
        }

    def one_line(self) -> str:
        """All of it on one line, for ``do -``."""
        marks = {"accepted": "+", "told": "="}
        parts = [marks.get(self.status, "!"), *self.words]
        if self.hint:
            parts.append(f"→ {self.hint}")
        if self.choices:
            parts.append("｜".join(insert for insert, _ in self.choices))
        return " ".join(parts)

    def lines(self) -> list[str]:
        """As a person reads it who typed the one line."""
        shown = list(self.words)
        if self.hint:
            shown.append(f"→ {self.hint}")
        return shown + [f"  {insert}    {words}" for insert, words in self.choices]


class Teller:
    """Does lines one after the other; ``.`` means what the last accepted one was about."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._selected = last_touched(room.board, room.actor.desk)

    async def do(self, line: Line, command_id: str = "") -> LineAnswer:
        """Raises Trouble when the store fails: the line was then not done."""
        room = self._room
        room.catch_up()
        if line.fault:
            return LineAnswer(line, "wrong", (_fault_in_words(line, room),))
        scene = room.scene(self._selected)
        parsed = parse(line.text, scene)
        if parsed.query is not None and parsed.ready:
            told = await answer_query(parsed.query, room, scene)
            return LineAnswer(line, "told", tuple(told.words), result=told.document)
        # A line that is WRONG because the core would refuse it goes to the core all the same: its refusal has the code.
        if parsed.command is None or parsed.status not in (Status.READY, Status.WRONG):
            return _unclear(line, parsed)
        answer = await room.link.submit(parsed.command, command_id=command_id)
        room.catch_up()
        scene = room.scene(self._selected)
        if answer.refusal is not None:
            why, instead = refusal_words(answer.refusal, scene)
            return LineAnswer(line, "refused", (why,), instead, answer=answer)
        self._selected = touched_by(answer.entries) or self._selected
        looked = next((e.fact.notice for e in answer.entries if isinstance(e.fact, NoticeLookedAt)), None)
        if looked is not None:
            # The look is recorded: now its words may be seen.
            shown = await answer_query(Show(looked), room, scene)
            return LineAnswer(line, "accepted", tuple(shown.words), answer=answer, result=shown.document)
        said = tuple(say_answer(answer, scene).splitlines())
        seen = _unmasked(answer)
        if seen is not None:
            said = (*said, f"{visible(seen['caller'] or '-')}  {visible(seen['contact'] or '-')}")
        return LineAnswer(line, "accepted", said, answer=answer, result=seen)


def _unmasked(answer: Answer) -> dict[str, str] | None:
    """The caller's data that were asked for, with the reason on record: given once, in this answer alone."""
    for told in answer.told:
        return {"report": str(told.report), "caller": told.caller, "contact": told.contact}
    return None


def _unclear(line: Line, parsed: Parsed) -> LineAnswer:
    choices = tuple((choice.insert, choice.words) for choice in parsed.choices)
    words = (parsed.preview,) if parsed.preview else ()
    return LineAnswer(line, parsed.status.value, words, parsed.hint, choices)


def _fault_in_words(line: Line, room: Room) -> str:
    if line.fault == "too_long":
        kb = LONGEST_LINE // 1024
        return room.around.say(f"这一行超过 {kb} KB，没有执行", f"this line is longer than {kb} KB; it was not done")
    return room.around.say("这一行的编码不对，没有执行", "this line is not in the expected encoding; it was not done")


def touched_by(entries: Iterable[Entry]) -> Subject | None:
    """What an answer was about: the incident, else the report, else the unit that it changed last."""
    found = [subject for entry in entries for subject in subjects_of(entry.fact)]
    for kind in _BY_WEIGHT:
        for subject in reversed(found):
            if subject.kind is kind:
                return subject
    return None


def last_touched(board: Board, desk: str) -> Subject | None:
    """What the desk's last step was about, so that ``.`` goes on from one process to the next."""
    steps = board.steps.get(desk)
    if not steps:
        return None
    step = steps[-1]
    found = [
        *(of_unit(u.call_sign) for u in step.units),
        *(of_report(r.number) for r in step.reports),
        *(of_incident(i.number) for i in step.incidents),
        *(matter.subject for matter in step.matters),
        *step.created,
    ]
    for kind in _BY_WEIGHT:
        for subject in reversed(found):
            if subject.kind is kind and board.version(subject):
                return subject
    return None
