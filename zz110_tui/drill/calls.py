"""Calls from other systems: import into a calls file, or read straight from the source's own file."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from errno import EEXIST
from pathlib import Path
from typing import TextIO

from zz110_tui.config.problems import both, shown
from zz110_tui.core.cleaning import clean
from zz110_tui.core.rulebook import Rulebook
from zz110_tui.core.trouble import Trouble
from zz110_tui.drill.callsfile import CallsFile, is_calls_file
from zz110_tui.drill.mapping import CallsMapping, check_types, load_mapping
from zz110_tui.drill.rows import REASONS, CallRecord, RowReader, Unusable
from zz110_tui.drill.storecalls import is_store, read_store
from zz110_tui.drill.textlines import Record, Source, opened, records

__all__ = [
    "REASONS",
    "CallRecord",
    "CallsFile",
    "CallsMapping",
    "ImportProgress",
    "ImportReport",
    "find_mapping",
    "import_calls",
    "load_mapping",
    "read_calls",
]

BATCH = 2_000
"""Rows that are stored together; an import that is broken off loses at most so many, and takes them up again."""

REJECT_COLUMNS = ("line", "reason", "detail", "row")
REJECT_HEADER = ",".join(REJECT_COLUMNS).encode()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """``read`` = ``added`` + ``known`` + ``rejected``: no row goes missing. ``reasons`` counts the rejected ones.

    ``complete`` is false when the import was broken off; what was read until then is in, and a second run goes on.
    """

    read: int
    added: int
    known: int
    rejected: int
    reasons: tuple[tuple[str, int], ...]
    complete: bool
    target: Path
    rejects: Path


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """``bytes_done`` of ``bytes_total`` are of the file as it lies on the disk."""

    rows: int
    rejected: int
    bytes_done: int
    bytes_total: int


Progress = Callable[[ImportProgress], None]


def _nothing(progress: ImportProgress) -> None:
    """Nobody watches."""


@dataclass(slots=True)
class _Counts:
    read: int = 0
    added: int = 0
    rejected: int = 0


class _Rejects:
    """The reject file: line number, reason, and the row as it stood, with nothing in it that could steer a terminal."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._writer = csv.writer(file)
        self._writer.writerow(REJECT_COLUMNS)
        self.reasons: dict[str, int] = {}

    def add(self, record: Record, code: str, detail: str) -> None:
        self.reasons[code] = self.reasons.get(code, 0) + 1
        self._writer.writerow((record.line, code, clean(detail), clean(record.raw.rstrip("\r\n"))))

    def flush(self) -> None:
        self._file.flush()


def import_calls(
    source: Path,
    mapping: CallsMapping,
    target: Path,
    rejects: Path,
    progress: Progress = _nothing,
    rules: Rulebook | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> ImportReport:
    """Stream a file of calls into a calls file. Twice the same file changes nothing the second time.

    With ``rules``, every type the mapping names must be in the rulebook, and its class is stored with the call.
    ``stop`` is asked after every batch and ends the import early; a KeyboardInterrupt does too (and is raised on).
    Either way what was stored stays and is whole. Raises Trouble for files that cannot be read, written or understood.
    """
    counts = _Counts()
    _three_files(source, target, rejects)
    with ExitStack() as stack:
        file = stack.enter_context(opened(source))
        reader, rows = _reader(file, mapping, rules)
        calls = stack.enter_context(CallsFile(target, create=True))
        rejected = stack.enter_context(_reject_file(rejects))
        complete = _import(file, reader, rows, calls, rejected, counts, progress, stop)
    return ImportReport(
        read=counts.read,
        added=counts.added,
        known=counts.read - counts.added - counts.rejected,
        rejected=counts.rejected,
        reasons=tuple(sorted(rejected.reasons.items())),
        complete=complete,
        target=target,
        rejects=rejects,
    )


def _import(
    file: Source,
    reader: RowReader,
    rows: Iterator[Record],
    calls: CallsFile,
    rejected: _Rejects,
    counts: _Counts,
    progress: Progress,
    stop: Callable[[], bool],
) -> bool:
    """Whether the whole file was read."""
    more = True
    while more:
        batch: list[tuple[Record, CallRecord]] = []
        more = False
        for record in rows:
            counts.read += 1
            try:
                if record.fault:
                    raise Unusable(record.fault, record.detail)
                batch.append((record, reader.read(record.cells)))
            except Unusable as why:
                counts.rejected += 1
                rejected.add(record, why.code, why.detail)
            if counts.read % BATCH == 0:
                more = True
                break
        added, clashes = calls.add([call for _, call in batch])
        counts.added += added
        counts.rejected += len(clashes)
        for number in clashes:
            record, call = batch[number]
            rejected.add(record, "same_id", call.source)
        rejected.flush()
        progress(ImportProgress(counts.read, counts.rejected, file.done, file.size))
        if more and stop():
            return False
    return True


def _three_files(source: Path, target: Path, rejects: Path) -> None:
    """Nobody's records may be overwritten by a slip on the command line."""
    if len({source.resolve(), target.resolve(), rejects.resolve()}) == 3:
        return
    raise Trouble(
        both("来源、目标和退回文件有重复", "source, target and reject file are not three files"),
        ", ".join(shown(str(path)) for path in (source, target, rejects)),
        both("各用一个文件", "give each a file of its own"),
        exit_code=64,
    )


@contextmanager
def _reject_file(path: Path) -> Iterator[_Rejects]:
    """It holds what callers said: nobody else may read it. A file that is something else is never overwritten."""
    try:
        if path.exists():
            with path.open("rb") as there:
                if there.read(len(REJECT_HEADER)) not in (b"", REJECT_HEADER):
                    raise FileExistsError(EEXIST, both("那是别的文件", "it is a file of another kind"))
        file = path.open("w", encoding="utf-8", newline="")
        path.chmod(0o600)
    except OSError as fault:
        raise Trouble(
            both(f"不能写退回文件 {path.name}", f"the reject file {path.name} cannot be written"),
            fault.strerror or "",
            both("换一个可写的位置", "name a place that can be written"),
            exit_code=73,
        ) from fault
    with file:
        yield _Rejects(file)


def _reader(file: Source, mapping: CallsMapping, rules: Rulebook | None) -> tuple[RowReader, Iterator[Record]]:
    categories: Mapping[str, str] = {}
    if rules is not None:
        check_types(mapping, rules)
        categories = categories_of(rules)
    rows = records(file, mapping.encoding, mapping.delimiter, mapping.quote, len(mapping.header))
    header = mapping.header or _header(file, rows)
    return RowReader(mapping, header, categories), rows


def _header(file: Source, rows: Iterator[Record]) -> list[str]:
    first = next(rows, None)
    if first is not None and not first.fault:
        return first.cells
    raise Trouble(
        both(f"{file.path.name} 没有可读的表头", f"{file.path.name} has no header line that can be read"),
        both("文件是空的，或第一行坏了", "the file is empty, or its first line is damaged"),
        both(
            "检查文件；没有表头的文件在映射里写 [file] columns", "see the file; without a header, list [file] columns"
        ),
        exit_code=65,
    )


def read_calls(
    source: Path,
    mapping: CallsMapping | None = None,
    rules: Rulebook | None = None,
    rejected: Callable[[int, str, str], None] = lambda line, code, detail: None,
) -> Iterator[CallRecord]:
    """The calls of a calls file or of a store (by time), or of a source's own file as it stands there by ``mapping``.

    ``rejected`` hears of every row that is not taken: its line, the reason's code, the detail. Raises Trouble.
    """
    if source.is_file() and is_store(source):
        yield from read_store(source, rules)
        return
    if source.is_file() and is_calls_file(source):
        with CallsFile(source) as calls:
            yield from calls.read()
        return
    with opened(source) as file:
        if mapping is None:
            raise _no_mapping(source)
        reader, rows = _reader(file, mapping, rules)
        for record in rows:
            try:
                if record.fault:
                    raise Unusable(record.fault, record.detail)
                call = reader.read(record.cells)
            except Unusable as why:
                rejected(record.line, why.code, why.detail)
                continue
            yield call


def find_mapping(source: Path, candidates: Iterable[Path]) -> CallsMapping | None:
    """The mapping that fits a file's header; of several, the one that uses most of its columns.

    None for a calls file and for a store, which need none. Raises Trouble when none fits, or the file cannot be read.
    """
    best: tuple[int, str, CallsMapping] | None = None
    with opened(source) as file:
        if is_calls_file(source):
            return None
        first = next(records(file, "utf-8", ",", '"'), None)
        header = {cell.strip() for cell in first.cells} if first is not None else set()
        for path in sorted(candidates):
            mapping = load_mapping(path)
            columns = mapping.columns()
            if not mapping.header and header.issuperset(columns):
                rank = (len(columns), mapping.id, mapping)
                best = rank if best is None or rank[:2] > best[:2] else best
    if best is None:
        raise _no_mapping(source)
    return best[2]


def _no_mapping(source: Path) -> Trouble:
    return Trouble(
        both(f"不知道怎样读 {source.name}", f"it is not known how to read {source.name}"),
        both("没有随附的映射适合它的表头", "no mapping that comes with zz110 fits its header"),
        both(
            "写一个映射并用 --map 指明，见 docs/calls-import.md",
            "write one and name it with --map; see docs/calls-import.md",
        ),
        exit_code=65,
    )


def categories_of(rules: Rulebook) -> Mapping[str, str]:
    """The class of each type, by code."""
    return {code: kind.category.value for code, kind in rules.types.items()}
