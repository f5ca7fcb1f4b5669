"""Keeping a history up with its journal: whoever asks it lets it catch up first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext

from zz110_tui.core.alarms import Subject, SubjectKind, of_incident, of_report
from zz110_tui.core.board import Board
from zz110_tui.core.evolve import evolve
from zz110_tui.core.facts import Entry, SlipsFiled
from zz110_tui.core.facts_matters import MattersFiled
from zz110_tui.core.incidents import Incident, Report
from zz110_tui.core.roster import Roster
from zz110_tui.core.rulebook import Rulebook
from zz110_tui.core.slips import ContactEnd, contact_of, slip_of
from zz110_tui.core.subjects import subjects_of
from zz110_tui.core.terms import incident_no
from zz110_tui.core.trouble import Trouble
from zz110_tui.store.history import History, Kept, KeptMatter, NewSlip, State, Taken
from zz110_tui.store.journal import Head, JournalReader
from zz110_tui.store.words import caller_tokens, tokens
from zz110_tui.wire.codec import decode_image, encode_image

CHUNK = 20_000
"""Entries that are taken in one transaction: what a kill costs at most."""

Tell = Callable[[int, int], object]
Older = Callable[[], AbstractContextManager[Sequence[JournalReader]]]
"""Opens the archives of a journal, oldest first, for as long as they are read."""


def nothing(_done: int, _total: int) -> None:
    """Nobody watches."""


def none_here() -> AbstractContextManager[Sequence[JournalReader]]:
    """No archive can be read."""
    return nullcontext(())


def catch_up(
    journal: JournalReader, history: History, rules: Rulebook, tell: Tell = nothing, older: Older = none_here
) -> int:
    """Bring a history up to its journal; how many entries were taken.

    One of another past (another store, rewritten, cut) begins again; where the first entries are in archives, from
    those, which ``older`` opens. Raises Trouble for a damaged journal, and where archives are needed that are not here.
    """
    head = journal.head
    state = history.state()
    if state is not None and _is_of(state, journal) and state.position == head.position:
        return 0
    with history.alone():
        state = history.state()
        board = _board_of(state, journal)
        if board is not None:
            return _fill(journal, board, history, rules, tell)
        return _begin_again(journal, history, rules, tell, older)


def rebuild(journal: JournalReader, history: History, rules: Rulebook, tell: Tell, older: Older) -> int:
    """The same from the beginning, whatever is there."""
    with history.alone():
        return _begin_again(journal, history, rules, tell, older)


def _begin_again(journal: JournalReader, history: History, rules: Rulebook, tell: Tell, older: Older) -> int:
    with older() if journal.base.position else none_here() as archives:
        _check_reach(archives, journal)
        history.clear()
        board, taken = Board(), 0
        for each in (*archives, journal):
            taken += _fill(each, board, history, rules, tell)
        return taken


def _fill(journal: JournalReader, board: Board, history: History, rules: Rulebook, tell: Tell) -> int:
    """Take what a journal, or an archive, has after a board; the board goes along."""
    began, last = board.position, journal.head.position
    filling = _Filling(board, rules)
    while board.position < last:
        for entry in journal.read(board.position, min(CHUNK, last - board.position)):
            filling.take(entry)
        row = next(journal.rows(board.position - 1, 1))
        image = encode_image(board.image())
        history.put(filling.taken(), State(journal.stamp.id, board.position, row.hash, image))
        tell(board.position - began, last - began)
    return board.position - began


def _is_of(state: State, journal: JournalReader) -> bool:
    if state.store != journal.stamp.id:
        return False
    if state.position == journal.base.position:
        return state.chain == journal.base.hash
    if not journal.base.position < state.position <= journal.head.position:
        return False
    row = next(journal.rows(state.position - 1, 1), None)
    return row is not None and row.position == state.position and row.hash == state.chain


def _board_of(state: State | None, journal: JournalReader) -> Board | None:
    """The board to go on from; None where the history has to begin again."""
    if state is None or not _is_of(state, journal):
        return None
    try:
        return Board.from_image(decode_image(state.image))
    except Trouble:
        return None


def _check_reach(archives: Sequence[JournalReader], journal: JournalReader) -> None:
    """Raises Trouble unless the archives lead from the very beginning to the journal."""
    at = Head()
    for archive in archives:
        if archive.stamp.id != journal.stamp.id or archive.base != at:
            break
        at = archive.head
    if at != journal.base:
        raise Trouble(
            "历史不在了，较早的部分在归档里 / the history is gone, and its older part is in an archive",
            f"1–{journal.base.position}",
            "zz110 history rebuild --archive 文件（按先后给出每个归档）；历史没有动 / "
            "zz110 history rebuild --archive FILE, each archive, oldest first; the history was not touched",
            exit_code=65,
        )


class _Filling:
    """Follows the board, and takes what changed: at the end of a chunk, or just before it leaves the board."""

    def __init__(self, board: Board, rules: Rulebook) -> None:
        self._board = board
        self._rules = rules
        self._incidents: set[int] = set()
        self._reports: set[int] = set()
        self._slips: dict[int, NewSlip] = {}
        self._contacts: dict[int, tuple[ContactEnd, Report]] = {}
        self._touched: set[Subject] = set()
        self._matters: dict[Subject, KeptMatter] = {}
        self._turns: dict[int, str] = {}

    def take(self, entry: Entry) -> None:
        fact = entry.fact
        if isinstance(fact, SlipsFiled):
            self._keep(self._incidents.intersection(fact.incidents), self._reports.intersection(fact.reports))
        elif isinstance(fact, MattersFiled):
            self._keep_matters(self._touched.intersection(fact.matters))
        evolve(self._board, entry)
        for subject in subjects_of(fact):
            if subject.kind is SubjectKind.INCIDENT:
                self._incidents.add(int(subject.id))
            elif subject.kind is SubjectKind.REPORT:
                self._reports.add(int(subject.id))
                report = self._board.reports.get(int(subject.id))
                if report is not None and report.incident:
                    self._incidents.add(report.incident)
            elif (matter := self._board.matters.get(subject)) is not None:
                self._touched.add(subject)
                if isinstance(matter, Roster):
                    self._turns[matter.on_since] = matter.on

    def taken(self) -> Taken:
        self._keep(self._incidents, self._reports)
        self._keep_matters(self._touched)
        found = Taken(
            [self._slips[number] for number in sorted(self._slips)],
            [self._contacts[number] for number in sorted(self._contacts)],
            list(self._matters.values()),
            list(self._turns.items()),
        )
        for kept in (self._slips, self._contacts, self._matters, self._turns):
            kept.clear()
        return found

    def _keep_matters(self, subjects: set[Subject]) -> None:
        for subject in subjects:
            matter = self._board.matters.get(subject)
            if matter is not None:
                story = () if isinstance(matter, Roster) else self._board.chronology(subject)
                self._matters[subject] = KeptMatter(matter, tuple(entry.position for entry in story))
        self._touched = self._touched - subjects

    def _keep(self, incidents: set[int], reports: set[int]) -> None:
        board = self._board
        for number in incidents:
            incident = board.incidents.get(number)
            if incident is not None:
                callers = tuple(board.reports[n] for n in incident.reports if n in board.reports)
                kept = Kept(incident, callers, told_of(board, incident))
                found = tuple(_tokens(incident, callers, self._rules))
                self._slips[number] = NewSlip(slip_of(incident, board), kept, found)
        for number in reports:
            report = board.reports.get(number)
            if report is not None:
                self._contacts[number] = (contact_of(report), report)
        self._incidents = self._incidents - incidents
        self._reports = self._reports - reports


def told_of(board: Board, incident: Incident) -> tuple[int, ...]:
    """The positions of everything that happened to a slip on the board and to its reports, oldest first."""
    positions = {entry.position for entry in board.chronology(of_incident(incident.number))}
    for number in incident.reports:
        positions |= {entry.position for entry in board.chronology(of_report(number))}
    return tuple(sorted(positions))


def _tokens(incident: Incident, reports: tuple[Report, ...], rules: Rulebook) -> list[str]:
    """What a slip is found by: number, type, place, texts, units, result, and its callers as far as they may be."""
    texts = [incident_no(incident.number), str(incident.number)]
    for code in dict.fromkeys((incident.type, incident.final_type)):
        kind = rules.types.get(code)
        texts += [code, kind.words.zh, kind.words.en] if kind is not None else [code]
    disposition = rules.dispositions.get(incident.disposition)
    texts += [disposition.words.zh, disposition.words.en] if disposition is not None else []
    texts += [incident.place.text, incident.place.grid, incident.place.cell, incident.text, incident.disposition_text]
    texts += [assignment.unit for assignment in incident.assignments]
    texts += [part for report in reports for part in (report.place.text, report.text, report.source)]
    found = list(tokens(dict.fromkeys(text for text in texts if text)))
    for report in reports:
        found += caller_tokens(report.caller, report.contact)
    return found
