"""The work behind ``zz110 journal head`` and ``keygen``."""

from __future__ import annotations

import json
import time
from pathlib import Path

from zz110_tui.cli import output
from zz110_tui.cli.diagnostics import say
from zz110_tui.cli.exits import USAGE
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.surroundings import look_around
from zz110_tui.cli.wiring import open_journal_to_read
from zz110_tui.config.problems import both
from zz110_tui.core.trouble import Trouble


def show_head(invocation: Invocation, out: Path | None, key: Path | None, as_json: bool) -> None:
    """Raises Trouble where the file or the key cannot be used, and where the file knows another past."""
    around = look_around(invocation)
    settings = around.loaded.settings.heads
    file = out or (Path(settings.file).expanduser() if settings.file else None)
    secret = key or (Path(settings.key).expanduser() if settings.key else None)
    if file is not None and secret is None:
        raise Trouble(
            both("没有签名用的密钥", "there is no key to sign with"),
            str(file),
            both("zz110 journal keygen 文件，再用 --key", "make one with zz110 journal keygen FILE, then give --key"),
            exit_code=USAGE,
        )
    with open_journal_to_read(around) as journal:
        head = journal.head
        if secret is None:
            _answer({"position": head.position, "hash": head.hash.hex(), "head": str(head)}, str(head), as_json)
            return
        from zz110_tui.server.securityfile import RecordOf
        from zz110_tui.store.headfile import append_head
        from zz110_tui.store.heads import Signer

        signer, now, record = Signer(secret), time.time_ns() // 1_000_000, RecordOf(around.store)
        signed = signer.sign(journal.stamp, head, now, record.head())
        if file is not None:
            added = append_head(file, signer, journal, now, record)
            if added is None:
                say(around.say(f"{file} 里已有这个链头", f"{file} has this head already"))
            else:
                signed = added
        line = signed.line().decode()
    _answer(json.loads(line), line, as_json)


def _answer(document: dict[str, object], line: str, as_json: bool) -> None:
    if as_json:
        output.document(document)
    else:
        output.text(line)


def make_keys(invocation: Invocation, out: Path, as_json: bool) -> None:
    """Raises Trouble where a file of that name is there, or cannot be made."""
    from zz110_tui.store.heads import make_key

    around = look_around(invocation)
    public, name = make_key(out)
    if as_json:
        output.document({"key": name, "private": str(out), "public": str(public)})
    else:
        output.text(f"{name}  {out}  {public}")
    say(
        around.say(
            f"  → 配置 heads.key = {out}；{public} 交给核对的人，离线另存",
            f"  → set heads.key = {out}; give {public} to whoever checks, and keep a copy elsewhere",
        )
    )
