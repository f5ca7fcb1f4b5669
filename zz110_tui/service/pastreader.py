"""Answers questions about the past from the history beside a store: one page at a time, callers masked.

It reads the journal through a connection of its own and writes nothing but the history, which it brings up first where
little is missing; one that is far behind its journal answers from what it has.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from zz110_tui.core.alarms import SubjectKind
from zz110_tui.core.figures import from_dispatched, from_received, miss_budgets
from zz110_tui.core.rulebook import Rulebook
from zz110_tui.core.trouble import Trouble
from zz110_tui.core.veiling import veiled_entry, veiled_report
from zz110_tui.service.filed import place_of, slip_in
from zz110_tui.service.historian import CHUNK, catch_up
from zz110_tui.store.history import History, history_of
from zz110_tui.store.journal import JournalReader
from zz110_tui.store.open import open_read_only
from zz110_tui.wire.asking import (
    MOST_TOGETHER,
    PAGE_BYTES,
    FindSlips,
    ListMatters,
    ListReports,
    ListSlips,
    MonthBudgets,
    OneSlip,
    Page,
    PastSlip,
    Question,
    write_matter,
    write_plain,
    write_slip,
)


class PastReader:
    """For one thread. Opened by the first question."""

    def __init__(self, store: Path, rules: Rulebook, folders: Sequence[Path] = ()) -> None:
        """``folders``: where archives are looked for."""
        self._store = store
        self._folders = folders
        self._rules = rules
        self._open: tuple[JournalReader, History] | None = None

    def answer(self, question: Question) -> Page:
        """Raises Trouble where the history cannot be read."""
        journal, history = self._ready()
        match question:
            case FindSlips():
                return self._find(history, question)
            case ListSlips(start=start, end=end, after=after, limit=limit):
                slips = history.incidents(start, end, after, limit + 1)
                return _page(((slip.number, write_plain(slip)) for slip in slips), limit)
            case ListReports(start=start, end=end, after=after, limit=limit):
                reports = history.reports(start, end, after, limit + 1)
                return _page(((each.number, write_plain(veiled_report(each))) for each in reports), limit)
            case ListMatters(kind=kind, after=after, limit=limit):
                found = sorted(history.matters_of(_kind(kind)), key=lambda matter: matter.number)
                return _page(((m.number, write_matter(m)) for m in found if m.number > after), limit)
            case OneSlip(number=number):
                return self._slip(history, journal, number)
            case MonthBudgets(start=start, end=end, clock=clock):
                figured, _ = history.figures(start, end)
                counted = miss_budgets(figured, from_received if clock == "received" else from_dispatched)
                return Page(tuple(map(write_plain, counted)))

    def close(self) -> None:
        if self._open is not None:
            journal, history = self._open
            self._open = None
            history.close()
            journal.close()

    def _ready(self) -> tuple[JournalReader, History]:
        """The history, as new as it may be made here."""
        if self._open is None:
            journal = open_read_only(self._store)
            try:
                self._open = journal, History(place_of(self._store))
            except BaseException:
                journal.close()
                raise
        journal, history = self._open
        state = history.state()
        if journal.head.position - (state.position if state is not None else 0) <= CHUNK:
            catch_up(journal, history, self._rules)
        elif state is None:
            raise Trouble(
                "历史还没有算好 / the history is not computed yet",
                str(history_of(self._store)),
                "服务中的核心会自己算；也可运行 zz110 history update / "
                "a serving core does it by itself; or run zz110 history update",
                exit_code=75,
            )
        return self._open

    def _find(self, history: History, asked: FindSlips) -> Page:
        last = min(asked.skip + asked.limit, MOST_TOGETHER)
        many = last + 1
        if asked.words.strip():
            numbers = history.find(asked.words, many, asked.start, asked.end)
        else:
            numbers = history.newest(many, asked.start, asked.end)
        found = (history.slip(number) for number in numbers[asked.skip : last])
        slips = ((n, write_plain(kept.incident)) for n, kept in enumerate(found, asked.skip + 1) if kept is not None)
        page = _page(slips, asked.limit)
        # Where the page ended early it goes on behind its last slip, else behind its limit, if there is more.
        more = page.next or (last if len(numbers) > last and last < MOST_TOGETHER else 0)
        return replace(page, next=more)

    def _slip(self, history: History, journal: JournalReader, number: int) -> Page:
        slip = slip_in(history, self._store, journal, number, self._folders)
        if slip is None:
            return Page()
        told = tuple(map(veiled_entry, slip.chronology))
        return Page(
            (write_slip(PastSlip(slip.incident, tuple(map(veiled_report, slip.reports)), told, slip.elsewhere)),)
        )


def _page(items: Iterable[tuple[int, bytes]], limit: int) -> Page:
    """As many as fit. ``next`` is the place of the last one where another would follow."""
    taken: list[bytes] = []
    size, at = 0, 0
    for place, item in items:
        if len(taken) == limit or size >= PAGE_BYTES:
            return Page(tuple(taken), at)
        taken.append(item)
        size, at = size + len(item), place
    return Page(tuple(taken))


def _kind(name: str) -> SubjectKind:
    try:
        return SubjectKind(name)
    except ValueError as fault:
        raise Trouble(
            "没有这一类事项 / there are no matters of this kind", ascii(name)[:40], "", exit_code=2
        ) from fault
