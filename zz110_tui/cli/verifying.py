"""The work behind ``zz110 journal verify``: the journal, and with signed heads the security record as well."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from zz110_tui.cli import output
from zz110_tui.cli.archivefiles import archive_places, joined, missing_lines
from zz110_tui.cli.diagnostics import say
from zz110_tui.cli.documents import Document, clock
from zz110_tui.cli.exits import BAD_DATA, OK, TROUBLE, USAGE
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.provingrecord import agreement, judged_record, record_advice, record_document, record_lines
from zz110_tui.cli.surroundings import Surroundings, look_around
from zz110_tui.cli.wiring import open_journal_to_read
from zz110_tui.config.problems import both
from zz110_tui.core.trouble import Trouble
from zz110_tui.language.scene import zone
from zz110_tui.store.archives import Place
from zz110_tui.store.chain import Fault, FaultKind, Verdict, verify
from zz110_tui.store.headfile import Believed
from zz110_tui.store.journal import Head, JournalReader
from zz110_tui.store.open import open_read_only

_PIN = re.compile(r"(\d{1,18}):([0-9a-fA-F]{64})")


def verify_journal(
    invocation: Invocation,
    pins: list[str],
    heads: Path | None,
    keys: list[Path],
    archives: list[Path],
    as_json: bool,
) -> int:
    """The exit code. Raises Trouble for pins, heads, keys or archives that cannot be used."""
    around = look_around(invocation)
    pinned = [_pin(text) for text in pins]
    with open_journal_to_read(around) as journal:
        store_id = journal.stamp.id
        believed = believed_heads(heads, keys, "zz110 journal verify", lambda: store_id)
        if believed is not None:
            pinned += [signed.head for signed in believed.heads]
        places = () if archives else archive_places(around)
        files = archives or joined(places)
        verdict, begins = verify_with_archives(journal, files, pinned)
        stamp = journal.stamp
    record = None if believed is None else judged_record(around, believed)
    if as_json:
        output.document(
            {
                **_verdict(verdict),
                "store": str(around.store),
                "kind": stamp.kind,
                "id": stamp.id,
                "first": begins + 1,
                "archives": [str(path) for path in files],
                "archives_missing": [place.archived.file for place in places if place.file is None],
                "signed_heads": None if believed is None else _heads_document(believed),
                "security": None if record is None else record_document(record),
            }
        )
    else:
        _print(verdict, believed, around)
        if begins:
            _say_unchecked(begins, places, around)
        for said in record_lines(record, around) if record is not None else ():
            output.text(said)
    for line in believed.torn if believed is not None else ():
        say(
            around.say(
                f"  链头文件第 {line} 行不完整（写到一半断电？），已略过",
                f"  line {line} of the heads is no whole head (cut short while it was written?): passed over",
            )
        )
    if not verdict.intact:
        say(
            around.say(
                "  → 不要再写这个库；zz110 backup list 看备份，zz110 backup restore 恢复到新文件",
                "  → write no more to this store; see zz110 backup list, then zz110 backup restore to a new file",
            )
        )
    if record is not None and not record.verdict.intact:
        say(record_advice(around))
    return OK if verdict.intact and (record is None or record.verdict.intact) else TROUBLE


def _say_unchecked(begins: int, places: Sequence[Place], around: Surroundings) -> None:
    say(
        around.say(
            f"  第 1 至 {begins} 条在归档里，归档不在这里，没有核对",
            f"  entries 1 to {begins} are in an archive that is not here: not checked",
        )
    )
    for line in missing_lines(places, around):
        say(f"  {line}")


def verify_with_archives(journal: JournalReader, archives: list[Path], pins: list[Head]) -> tuple[Verdict, int]:
    """The verdict on archives and store as one chain, and the position before the first entry that was judged.

    Raises Trouble for an archive of another store.
    """
    at: Head | None = None
    begins = journal.base.position
    for path in archives:
        archive = open_read_only(path)
        try:
            if archive.stamp.id != journal.stamp.id:
                raise _other_archive(path)
            begins = archive.base.position if at is None else begins
            start = archive.base if at is None else at
            inside = [pin for pin in pins if pin.position <= archive.head.position]
            verdict = verify(archive.rows(), start, inside)
        finally:
            archive.close()
        if verdict.fault is not None:
            return verdict, begins
        at = verdict.head
    if at is not None and at != journal.base:
        return Verdict(at, _joint(at, journal.base)), begins
    return verify(journal.rows(), journal.base, pins), begins


def _joint(at: Head, base: Head) -> Fault:
    """What is wrong where an archive ends and the store begins."""
    if at.position < base.position:
        return Fault(FaultKind.REMOVED, at.position + 1, base.position)
    if at.position > base.position:
        return Fault(FaultKind.DOUBLED, at.position + 1, base.position + 1)
    return Fault(FaultKind.REWRITTEN, at.position, 1)


def _other_archive(path: Path) -> Trouble:
    return Trouble(
        both("这是别的库的归档", "this is an archive of another store"),
        str(path),
        both("给出本库的归档", "name the archive of this store"),
        exit_code=BAD_DATA,
    )


def believed_heads(heads: Path | None, keys: list[Path], command: str, store: Callable[[], str]) -> Believed | None:
    """The heads of a file, each signature believed; None where none was given. ``store`` gives the store's id."""
    if heads is None and not keys:
        return None
    if heads is None or not keys:
        raise Trouble(
            both("--heads 与 --key 要一起给", "--heads and --key belong together"),
            both("没有公钥，谁都能写一份链头", "without the public key anybody could have written the heads"),
            f"{command} --heads heads.jsonl --key heads.key.pub",
            exit_code=USAGE,
        )
    from zz110_tui.store.headfile import read_heads
    from zz110_tui.store.heads import Checker

    return read_heads(heads, Checker(keys), store())


def _print(verdict: Verdict, believed: Believed | None, around: Surroundings) -> None:
    position, chain = verdict.head.position, verdict.head.hash.hex()
    if verdict.fault is not None:
        output.text(around.say("不完好：", "not intact: ") + verdict.fault.sentence(around.language))
        output.text(around.say(f"至第 {position} 条完好", f"intact up to entry {position}") + f"  {verdict.head}")
        return
    output.text(around.say(f"完好：{position} 条", f"intact: {position} entries"))
    output.text(f"{position}:{chain}")
    if believed is not None:
        last, count = believed.last, len(believed.heads)
        at = clock(last.at, zone(around.loaded.settings.timezone))
        beyond = position - last.head.position
        output.text(agreement(count, ("entry", "entries"), last.head.position, at, beyond, around))


def _heads_document(believed: Believed) -> Document:
    last = believed.last
    return {
        "count": len(believed.heads),
        "last_position": last.head.position,
        "last_at": last.at,
        "torn_lines": list(believed.torn),
    }


def _verdict(verdict: Verdict) -> Document:
    fault = verdict.fault
    return {
        "intact": verdict.intact,
        "position": verdict.head.position,
        "hash": verdict.head.hash.hex(),
        "head": str(verdict.head),
        "fault": None
        if fault is None
        else {
            "kind": fault.kind.value,
            "position": fault.position,
            "other": fault.other or None,
            "zh": fault.sentence("zh"),
            "en": fault.sentence("en"),
        },
    }


def _pin(text: str) -> Head:
    found = _PIN.fullmatch(text)
    if found is None:
        raise Trouble(
            both("--pin 写法不对", "--pin is not written that way"),
            text,
            both(
                "写成 位置:哈希，如 zz110 journal verify 所示", "write POSITION:HASH as zz110 journal verify shows it"
            ),
            exit_code=USAGE,
        )
    return Head(int(found[1]), bytes.fromhex(found[2]))
