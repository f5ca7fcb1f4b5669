"""The verdict on the security record, for ``zz110 journal verify --heads`` and ``zz110 security verify``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zz110_tui.cli.documents import Document, clock
from zz110_tui.cli.surroundings import Surroundings
from zz110_tui.language.scene import zone
from zz110_tui.server.securitychain import note_sentence
from zz110_tui.server.securityfile import RecordOf
from zz110_tui.store.chain import Verdict
from zz110_tui.store.headfile import Believed
from zz110_tui.store.journal import Head


@dataclass(frozen=True, slots=True)
class RecordVerdict:
    """``there``: there is a record at all. ``heads`` are the signed heads of it and when each was signed (UTC ms);
    None where no file of heads was given, empty where that file has only such as do not cover the record."""

    verdict: Verdict
    there: bool
    heads: tuple[tuple[Head, int], ...] | None


def judged_record(around: Surroundings, believed: Believed | None, pins: Sequence[Head] = ()) -> RecordVerdict:
    """Raises Trouble where the record cannot be read."""
    record = RecordOf(around.store)
    heads = None if believed is None else believed.of_record
    return RecordVerdict(record.judge([*pins, *(head for head, _ in heads or ())]), record.there, heads)


def record_document(found: RecordVerdict) -> Document:
    verdict, fault = found.verdict, found.verdict.fault
    last = max(found.heads, key=lambda one: (one[0].position, one[1])) if found.heads else None
    return {
        "intact": verdict.intact,
        "head": str(verdict.head),
        "wrong": fault.position if fault is not None else None,
        "fault": None
        if fault is None
        else {
            "kind": fault.kind.value,
            "position": fault.position,
            "other": fault.other or None,
            "zh": note_sentence(fault, "zh"),
            "en": note_sentence(fault, "en"),
        },
        "signed_heads": None
        if found.heads is None
        else {
            "count": len(found.heads),
            "last_number": last[0].position if last is not None else None,
            "last_at": last[1] if last is not None else None,
        },
    }


def record_lines(found: RecordVerdict, around: Surroundings) -> list[str]:
    number, verdict = found.verdict.head.position, found.verdict
    if verdict.fault is not None:
        return [
            around.say("不完好：", "security record not intact: ") + note_sentence(verdict.fault, around.language),
            around.say(f"至第 {number} 条完好", f"intact up to note {number}") + f"  {verdict.head}",
        ]
    intact = around.say(f"安全记录完好：{number} 条", f"security record intact: {number} notes")
    if not found.there:
        intact = around.say("没有安全记录", "there is no security record")
    return [intact, *([str(verdict.head)] if number else []), *_covered(found, around)]


def _covered(found: RecordVerdict, around: Surroundings) -> list[str]:
    if found.heads is None:
        return []
    if not found.heads:
        return [
            around.say(
                "这些链头由旧版本写下，不含安全记录：它被截去末尾或整段重写，凭它们查不出",
                "these heads were written by an older version and do not cover the security record: a cut tail of it, "
                "or one written anew, is not found by them",
            )
        ]
    last, at = max(found.heads, key=lambda one: (one[0].position, one[1]))
    when = clock(at, zone(around.loaded.settings.timezone))
    beyond = found.verdict.head.position - last.position
    return [agreement(len(found.heads), ("note", "notes"), last.position, when, beyond, around)]


def agreement(count: int, of: tuple[str, str], last: int, when: str, beyond: int, around: Surroundings) -> str:
    """What the signed heads vouch for; ``of`` is the English word for one of the chain's links and for many."""
    one, many = of
    zh = f"与 {count} 个签名链头相符，最后一个：第 {last} 条，{when}"
    en = f"agrees with {count} signed head{'s' if count != 1 else ''}, the last of {one} {last} at {when}"
    if beyond:
        zh += f"；其后 {beyond} 条尚无链头"
        en += f"; {beyond} {many if beyond != 1 else one} after it {'have' if beyond != 1 else 'has'} none yet"
    return around.say(zh, en)


def record_advice(around: Surroundings) -> str:
    """What to do about a record that is not intact."""
    file = f"{around.store.name}.security"
    return around.say(
        f"  → 把 {file} 原样另存作证据，取出另存的副本比对；查谁能以核心账号登录本机\n"
        "  → 不要修补它；要接着用，停核心后把它移走（核心另建一份），并换一个新的链头文件",
        f"  → keep {file} as it is, as evidence; compare the copy kept apart; see who can be the core's account on "
        "this machine\n"
        "  → mend nothing in it; to go on, stop the core, move it away (the core makes a new one), and begin a new "
        "file of heads",
    )
