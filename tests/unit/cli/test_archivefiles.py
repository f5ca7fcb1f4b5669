"""Archives that were moved: known by their hash wherever they are, named in words where they are not, and everything
that reads old years (a slip, the history, verify, a restore on another machine) finds them."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from tests.support.entries import notes
from tests.support.room import Room
from tests.support.stores import meddle
from zz110_tui.cli import backupwork
from zz110_tui.cli.backupwork import make_one, restore_one
from zz110_tui.cli.boardlists import list_incidents, show_incident
from zz110_tui.cli.historywork import rebuild_history
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.surroundings import look_around
from zz110_tui.cli.verifying import verify_journal
from zz110_tui.core import commands as c
from zz110_tui.core.desks import SYSTEM
from zz110_tui.core.trouble import Trouble
from zz110_tui.service.archiving import image_at
from zz110_tui.service.recovery import save_snapshot
from zz110_tui.store.archive import archive
from zz110_tui.store.archives import locate
from zz110_tui.store.history import history_of
from zz110_tui.store.journal import Archived
from zz110_tui.store.open import open_journal
from zz110_tui.store.reader import SqliteReader

try_backup = backupwork.test_one


@dataclass
class Old:
    """A store whose first slips went to two archives, and the folder of another machine."""

    store: Path
    archives: tuple[Path, Path]
    elsewhere: Path
    capsys: pytest.CaptureFixture[str]

    def asked(self, *folders: Path, language: str = "en") -> Invocation:
        return Invocation(store=self.store, language=language, archive_folders=folders)

    def move(self) -> None:
        """To another folder, under other names."""
        self.elsewhere.mkdir(exist_ok=True)
        for number, file in enumerate(self.archives):
            shutil.move(file, self.elsewhere / f"jahr-{number}.bin")

    def said(self) -> tuple[str, str]:
        read = self.capsys.readouterr()
        return read.out, read.err

    def verify(self, *folders: Path, language: str = "en") -> Any:
        self.said()
        code = verify_journal(self.asked(*folders, language=language), [], None, [], [], True)
        return code, json.loads(self.said()[0])

    def known(self) -> tuple[Archived, ...]:
        reader = SqliteReader(self.store)
        try:
            return reader.archives()
        finally:
            reader.close()

    @property
    def id(self) -> str:
        reader = SqliteReader(self.store)
        try:
            return reader.stamp.id
        finally:
            reader.close()

    def files(self, *folders: Path) -> list[Path | None]:
        return [place.file for place in locate(self.known(), self.store, self.id, folders)]


@pytest.fixture
def old(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Old:
    room = Room()
    cuts = []
    for _ in range(2):
        number = room.handled()
        room.do(c.FeedBack(number))
        room.do(c.CallBack(number, satisfied=True))
        room.do(c.CloseIncident(number))
        room.now += 1_000
        room.do(c.FileSlips(room.now), SYSTEM)
        cuts.append(room.board.position)
    room.fight()
    store, put = tmp_path / "here" / "live.zz110", tmp_path / "put"
    store.parent.mkdir()
    put.mkdir()
    journal = open_journal(store, "live")
    journal.append(list(room.journal))
    save_snapshot(journal, room.board.image())
    journal.close()
    archives = (put / "one.zz110", put / "two.zz110")
    for cut, file in zip(cuts, archives, strict=True):
        archive(store, cut, file, image_at, lambda _done, _total: None)
    return Old(store, archives, tmp_path / "mnt", capsys)


def test_each_is_found_where_it_was_put_beside_the_store_and_in_a_folder_by_its_hash(old: Old) -> None:
    assert old.files() == list(old.archives)
    shutil.move(old.archives[0], old.store.parent / "one.zz110")
    assert old.files() == [old.store.parent / "one.zz110", old.archives[1]]
    shutil.move(old.store.parent / "one.zz110", old.archives[0])
    old.move()
    assert old.files() == [None, None]
    (old.elsewhere / "readme").write_text("no store", encoding="utf-8")
    shutil.copy(old.store, old.elsewhere / "another.zz110")
    assert old.files(old.elsewhere / "nowhere", old.elsewhere) == [
        old.elsewhere / "jahr-0.bin",
        old.elsewhere / "jahr-1.bin",
    ]


def test_a_file_of_the_name_that_is_another_is_not_taken(old: Old) -> None:
    old.move()
    shutil.copy(old.elsewhere / "jahr-1.bin", old.archives[0])
    (first, second) = locate(old.known(), old.store, old.id)
    assert (first.file, first.claims) == (None, old.archives[0])
    assert (second.file, second.claims) == (None, None)
    assert [place.file for place in locate(old.known(), old.store, "0" * 32, (old.elsewhere,))] == [None, None]
    cut = old.elsewhere / "jahr-1.bin"
    cut.chmod(0o600)
    meddle(
        cut,
        "DROP TRIGGER entry_is_never_removed",
        "DELETE FROM entry WHERE position = (SELECT max(position) FROM entry)",
    )
    assert old.files(old.elsewhere) == [old.elsewhere / "jahr-0.bin", None], "it lost its end"


def test_verify_goes_over_all_of_it_or_says_what_is_missing_and_what_to_do(old: Old) -> None:
    old.move()
    code, found = old.verify(old.elsewhere)
    assert (code, found["first"], found["archives_missing"]) == (0, 1, [])
    assert found["archives"] == [str(old.elsewhere / f"jahr-{n}.bin") for n in (0, 1)]
    code, found = old.verify()
    assert (code, found["archives_missing"]) == (0, [str(file) for file in old.archives])
    for language, words in (("en", "--archive-folder DIR"), ("zh", "archive.folders")):
        verify_journal(old.asked(language=language), [], None, [], [], False)
        _, err = old.said()
        assert str(old.archives[0]) in err
        assert words in err


def test_the_setting_names_several_folders(old: Old, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.mkdir()
    (config / "config.toml").write_text(
        f'[archive]\nfolders = "{tmp_path}/nothing:{old.elsewhere}"\n', encoding="utf-8"
    )
    asked = replace(old.asked(tmp_path), config_dir=config)
    assert look_around(asked).archive_folders == (tmp_path, tmp_path / "nothing", old.elsewhere)


def test_an_old_slip_and_the_history_come_from_archives_that_were_moved(old: Old) -> None:
    list_incidents(old.asked(), True, True)
    whole = json.loads(old.said()[0])
    show_incident(old.asked(), 1, True)
    slip = json.loads(old.said()[0])
    assert slip["chronology"]
    old.move()

    show_incident(old.asked(), 1, True)
    found = json.loads(old.said()[0])
    assert (found["chronology"], found["chronology_elsewhere"]) == ([], str(old.archives[0]))
    show_incident(old.asked(language="zh"), 1, False)
    assert "--archive-folder" in old.said()[0]

    history_of(old.store).unlink()
    with pytest.raises(Trouble, match="--archive-folder") as refused:
        list_incidents(old.asked(), True, True)
    assert str(old.archives[1]) in refused.value.cause
    list_incidents(old.asked(old.elsewhere), True, True)
    assert json.loads(old.said()[0]) == whole, "the history was computed again from the archives by itself"
    show_incident(old.asked(old.elsewhere), 1, True)
    assert json.loads(old.said()[0]) == slip


def test_a_rebuild_finds_them_too_and_touches_nothing_where_it_cannot(old: Old) -> None:
    list_incidents(old.asked(), True, True)
    whole = old.said()[0]
    old.move()
    with pytest.raises(Trouble, match="--archive-folder"):
        rebuild_history(old.asked(), [], True)
    rebuild_history(old.asked(old.elsewhere), [], True)
    rebuild_history(old.asked(), [old.elsewhere / "jahr-0.bin", old.elsewhere / "jahr-1.bin"], True)
    with pytest.raises(Trouble, match="oldest first"):
        rebuild_history(old.asked(), [old.elsewhere / "jahr-1.bin", old.elsewhere / "jahr-0.bin"], True)
    old.said()
    list_incidents(old.asked(), True, True)
    assert old.said()[0] == whole


def test_a_restore_on_a_new_machine_finds_the_moved_archives_and_knows_them_from_then_on(
    old: Old, tmp_path: Path
) -> None:
    make_one(old.asked(), tmp_path / "backups", None, None, True)
    file = Path(json.loads(old.said()[0])["file"])
    old.move()
    shutil.rmtree(old.store.parent)
    again = replace(old, store=tmp_path / "new" / "room.zz110")
    assert try_backup(old.asked(), file, None, None, tmp_path, True) == 1, "missing archives"
    assert [one["state"] for one in json.loads(old.said()[0])["archives"]] == ["missing", "missing"]
    assert try_backup(old.asked(old.elsewhere), file, None, None, tmp_path, True) == 0
    old.said()

    restore_one(again.asked(), file, tmp_path / "without.zz110", None, None, False)
    _, err = old.said()
    assert str(old.archives[0]) in err
    assert "MISSING" in err
    assert "--archive-folder DIR" in err

    restore_one(again.asked(old.elsewhere), file, None, None, None, True)
    back = json.loads(old.said()[0])
    moved = [str(old.elsewhere / f"jahr-{n}.bin") for n in (0, 1)]
    assert [(one["state"], one["found"]) for one in back["archives"]] == [("same", name) for name in moved]
    assert [one.file for one in again.known()] == moved
    code, found = again.verify()
    assert (code, found["first"]) == (0, 1), "without being told again"
    show_incident(again.asked(), 1, True)
    assert json.loads(old.said()[0])["chronology"]
    make_one(again.asked(), tmp_path / "backups", None, None, True)
    assert all(one["sha256"] for one in json.loads(old.said()[0])["archives"])


def test_a_changed_archive_is_found_by_its_hash_and_said_to_be_changed(old: Old, tmp_path: Path) -> None:
    make_one(old.asked(), tmp_path / "backups", None, None, True)
    file = Path(json.loads(old.said()[0])["file"])
    old.move()
    moved = old.elsewhere / "jahr-0.bin"
    moved.chmod(0o600)
    meddle(
        moved,
        "DROP TRIGGER entry_is_never_changed",
        "UPDATE entry SET payload = CAST(replace(CAST(payload AS TEXT), '持刀', '持棍') AS BLOB)",
    )
    assert try_backup(old.asked(old.elsewhere), file, None, None, tmp_path, True) == 1
    assert [one["state"] for one in json.loads(old.said()[0])["archives"]] == ["changed", "same"]
    code, found = old.verify(old.elsewhere)
    assert (code, found["fault"]["kind"]) == (1, "changed")


def test_a_store_without_archives_asks_for_none(tmp_path: Path) -> None:
    store = tmp_path / "live.zz110"
    journal = open_journal(store, "live")
    journal.append(notes(1, 3))
    journal.close()

    asked = Invocation(store=store, archive_folders=(tmp_path / "nowhere",))
    assert verify_journal(asked, [], None, [], [], True) == 0
