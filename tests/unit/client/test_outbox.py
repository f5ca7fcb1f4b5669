"""The outbox: what is kept is on the disk and nobody else's; what cannot be kept is said; nothing is done twice."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.support.engines import running
from tests.support.room import CROSSING
from zz110_tui.client.outbox import MOST, Outbox, Unsent, file_of, fresh, send, settle
from zz110_tui.client.states import Unanswered
from zz110_tui.core import commands as c
from zz110_tui.core.trouble import Trouble

FIGHT = c.OpenIncident("fight", CROSSING, text="两人持刀")
AT = 1_700_000_000_000


def box(folder: Path) -> Outbox:
    return Outbox(file_of(folder / "outbox", "/data/live.zz110", "03"))


def item(line: str = "n 打架 @F7") -> Unsent:
    return fresh(line, AT, "李", "store-1", 12, FIGHT)


def test_what_is_kept_is_there_for_the_next_process(tmp_path: Path) -> None:
    kept = item()
    box(tmp_path).keep(kept)
    assert box(tmp_path).items() == (kept,)
    assert box(tmp_path).items()[0].command == FIGHT


def test_it_is_on_the_disk_before_it_is_said_to_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    really = os.fsync

    def sync(file: int) -> None:
        synced.append(os.fstat(file).st_size)
        really(file)

    monkeypatch.setattr(os, "fsync", sync)
    made = box(tmp_path)
    made.keep(item())
    assert synced[-1] == made.path.stat().st_size > 0


def test_nobody_else_may_read_it(tmp_path: Path) -> None:
    made = box(tmp_path)
    made.keep(item())
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.path.parent.stat().st_mode) == 0o700
    made.path.chmod(0o644)
    made.keep(item("nt 1 / 张三"))
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600


def test_each_desk_and_each_core_has_its_own(tmp_path: Path) -> None:
    names = {file_of(tmp_path, core, desk) for core in ("/a", "/b", "host:1110") for desk in ("03", "04", "../x")}
    assert len(names) == 9
    assert {name.parent for name in names} == {tmp_path}


def test_what_is_done_with_is_gone_and_an_empty_one_is_empty(tmp_path: Path) -> None:
    made, one, two = box(tmp_path), item("a"), item("b")
    made.keep(one)
    made.keep(two)
    assert made.drop(one, "sent") == (two,)
    assert box(tmp_path).items() == (two,)
    made.drop(two, "dropped")
    assert made.path.stat().st_size == 0
    assert box(tmp_path).items() == ()


def test_half_a_line_that_a_power_cut_left_is_passed_over_and_written_over(tmp_path: Path) -> None:
    made, one, two = box(tmp_path), item("a"), item("b")
    made.keep(one)
    with made.path.open("ab") as file:
        file.write(b'{"keep":{"id":"half')
    assert made.items() == (one,)
    made.keep(two)
    assert made.items() == (one, two)


def test_a_line_nobody_can_read_costs_only_itself(tmp_path: Path) -> None:
    made, one = box(tmp_path), item("a")
    made.keep(one)
    with made.path.open("ab") as file:
        file.write(b'\x00\xff\n{"keep":3}\n{"gone":[]}\n[]\n7\n')
    assert made.items() == (one,)
    assert made.keep(item("b"))[0] == one


def test_a_command_of_a_newer_program_leaves_the_line(tmp_path: Path) -> None:
    made = box(tmp_path)
    made.keep(item())
    made.path.write_bytes(made.path.read_bytes().replace(b'"open_incident"', b'"beam_up"'))
    (found,) = made.items()
    assert found.command is None
    assert found.line == "n 打架 @F7"


def test_another_process_in_it_is_said(tmp_path: Path) -> None:
    made = box(tmp_path)
    made.keep(item())
    with made.path.open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(Trouble, match="another process uses the outbox"):
            made.keep(item("b"))
    assert len(made.keep(item("b"))) == 2


def test_a_full_disk_is_said_and_what_was_kept_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, one = box(tmp_path), item("a")
    made.keep(one)
    before = made.path.read_bytes()
    really = os.pwrite

    def full(file: int, data: bytes, at: int) -> int:
        if at > len(before):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return really(file, data[:5], at)

    monkeypatch.setattr(os, "pwrite", full)
    with pytest.raises(Trouble) as told:
        made.keep(item("b"))
    assert "腾出磁盘空间" in told.value.remedy
    assert made.path.read_bytes() == before
    assert made.items() == (one,)


def test_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    made = box(tmp_path)
    made.path.parent.mkdir()
    made.path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Trouble, match="cannot be read or written"):
        made.keep(item())
    assert not (tmp_path / "elsewhere").exists()


def test_a_folder_in_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("")
    with pytest.raises(Trouble, match="cannot be read or written"):
        box(tmp_path).keep(item())


def test_it_does_not_grow_without_end(tmp_path: Path) -> None:
    made = box(tmp_path)
    known: Any = made.keep(item("a"))[0]
    line = made.path.read_bytes()
    made.path.write_bytes(b"".join(line.replace(known.id.encode(), f"{n:016d}".encode()) for n in range(MOST)))
    with pytest.raises(Trouble, match="full"):
        made.keep(item("one more"))
    assert len(made.items()) == MOST


async def test_a_command_that_was_done_is_found_and_not_done_again(tmp_path: Path) -> None:
    async with running() as core:
        link, made = core.link(), box(tmp_path)
        await link.submit(c.OpenDesk(link.actor.duty))
        answer = await link.submit(FIGHT, command_id="lost-1")
        flying = replace(item(), store=link.store, flight="lost-1")
        made.keep(flying)
        assert await settle(made, link, flying) == answer
        assert len(core.engine.board.incidents) == 1
        assert made.items() == ()


async def test_a_command_that_was_not_done_never_will_be(tmp_path: Path) -> None:
    """A copy that is still on its way somewhere comes too late."""
    async with running() as core:
        link, made = core.link(), box(tmp_path)
        await link.submit(c.OpenDesk(link.actor.duty))
        flying = replace(item(), store=link.store, flight="lost-2")
        made.keep(flying)
        assert await settle(made, link, flying) is None
        await link.submit(FIGHT, command_id="lost-2")
        assert core.engine.board.incidents == {}
        (again,) = made.items()
        assert not again.flight
        assert (await send(made, link, again, FIGHT, 0)).accepted
        assert len(core.engine.board.incidents) == 1
        assert made.items() == ()


async def test_one_that_was_refused_stays_and_can_be_sent_later(tmp_path: Path) -> None:
    async with running() as core:
        link, made = core.link(), box(tmp_path)
        note = c.AddNote(1, "在门口")
        made.keep(replace(item(), store=link.store))
        answer = await send(made, link, made.items()[0], note, 0)
        assert answer.refusal is not None
        await link.submit(FIGHT)
        assert (await send(made, link, made.items()[0], note, 0)).accepted
        assert made.items() == ()


async def test_what_is_on_its_way_is_marked_so_before_it_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running() as core:
        link, made = core.link(), box(tmp_path)
        made.keep(item())

        async def gone(*_: object, **said: object) -> None:
            assert made.items()[0].flight == said["command_id"]
            raise Unanswered(str(said["command_id"]))

        monkeypatch.setattr(link, "submit", gone)
        with pytest.raises(Unanswered):
            await send(made, link, made.items()[0], FIGHT, 0)
        assert made.items()[0].flight
