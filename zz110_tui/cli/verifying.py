"""The work behind ``zz110 journal verify``."""

from __future__ import annotations

import re
from pathlib import Path

from zz110_tui.cli import output
from zz110_tui.cli.diagnostics import say
from zz110_tui.cli.documents import Document, clock
from zz110_tui.cli.exits import OK, TROUBLE, USAGE
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.surroundings import Surroundings, look_around
from zz110_tui.cli.wiring import open_journal_to_read
from zz110_tui.config.problems import both
from zz110_tui.core.trouble import Trouble
from zz110_tui.language.scene import zone
from zz110_tui.store.chain import Verdict, verify
from zz110_tui.store.headfile import Believed
from zz110_tui.store.journal import Head

_PIN = re.compile(r"(\d{1,18}):([0-9a-fA-F]{64})")


def verify_journal(invocation: Invocation, pins: list[str], heads: Path | None, keys: list[Path], as_json: bool) -> int:
    """The exit code. Raises Trouble for pins, heads or keys that cannot be used."""
    around = look_around(invocation)
    pinned = [_pin(text) for text in pins]
    with open_journal_to_read(around) as journal:
        believed = _believed(heads, keys, journal.stamp.id)
        if believed is not None:
            pinned += [signed.head for signed in believed.heads]
        verdict = verify(journal.rows(), journal.base, pinned)
        stamp = journal.stamp
    if as_json:
        signed = None if believed is None else _heads_document(believed)
        output.document(
            {
                **_verdict(verdict),
                "store": str(around.store),
                "kind": stamp.kind,
                "id": stamp.id,
                "signed_heads": signed,
            }
        )
    else:
        _print(verdict, believed, around)
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
    return OK if verdict.intact else TROUBLE


def _believed(heads: Path | None, keys: list[Path], store: str) -> Believed | None:
    if heads is None and not keys:
        return None
    if heads is None or not keys:
        raise Trouble(
            both("--heads 与 --key 要一起给", "--heads and --key belong together"),
            both("没有公钥，谁都能写一份链头", "without the public key anybody could have written the heads"),
            "zz110 journal verify --heads heads.jsonl --key heads.key.pub",
            exit_code=USAGE,
        )
    from zz110_tui.store.headfile import read_heads
    from zz110_tui.store.heads import Checker

    return read_heads(heads, Checker(keys), store)


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
        output.text(
            around.say(
                f"与 {count} 个签名链头相符，最后一个：第 {last.head.position} 条，{at}；其后 {beyond} 条尚无链头",
                f"agrees with {count} signed heads, the last of entry {last.head.position} at {at}; {beyond} entries "
                "after it have none yet",
            )
        )


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
