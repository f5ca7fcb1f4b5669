"""The Unix socket: right from the first moment, found again, never stolen from a core that lives."""

from __future__ import annotations

import grp
import os
import socket
import stat
from pathlib import Path

import pytest

from zz110_tui.client.discover import answers, find_core, short, socket_of
from zz110_tui.core.trouble import Trouble
from zz110_tui.server.sockets import UnixSocket


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("wanted", [0o600, 0o660])
def test_it_has_the_mode_it_was_given(tmp_path: Path, wanted: int) -> None:
    made = UnixSocket(tmp_path / "s.sock", wanted)
    assert mode(tmp_path / "s.sock") == wanted
    assert [path.name for path in tmp_path.iterdir()] == ["s.sock"]
    made.remove()
    assert list(tmp_path.iterdir()) == []


def test_a_group_is_let_in_by_name(tmp_path: Path) -> None:
    group = grp.getgrgid(os.getegid()).gr_name
    UnixSocket(tmp_path / "s.sock", 0o660, group)
    assert (tmp_path / "s.sock").stat().st_gid == os.getegid()
    with pytest.raises(Trouble, match="no such group"):
        UnixSocket(tmp_path / "other.sock", 0o660, "no-such-group")
    assert [path.name for path in tmp_path.iterdir()] == ["s.sock"]


def test_a_living_core_is_found_and_not_replaced(tmp_path: Path) -> None:
    store = tmp_path / "room.zz110"
    assert find_core(store) is None
    made = UnixSocket(socket_of(store), 0o600)
    assert find_core(store) == tmp_path / "room.zz110.sock"
    with pytest.raises(Trouble, match="already") as no:
        UnixSocket(socket_of(store), 0o600)
    assert no.value.exit_code == 75
    made.listening.close()


def test_a_socket_that_a_killed_core_left_is_nobody_and_is_replaced(tmp_path: Path) -> None:
    store = tmp_path / "room.zz110"
    UnixSocket(socket_of(store), 0o600).listening.close()
    assert socket_of(store).exists()
    assert find_core(store) is None
    again = UnixSocket(socket_of(store), 0o600)
    assert find_core(store) is not None
    again.listening.close()


def test_another_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "s.sock"
    path.write_text("precious")
    assert not answers(path)
    with pytest.raises(Trouble, match="another file"):
        UnixSocket(path, 0o600)
    assert path.read_text() == "precious"
    path.unlink()
    path.symlink_to(tmp_path / "nowhere")
    with pytest.raises(Trouble, match="another file"):
        UnixSocket(path, 0o600)


def test_only_ones_own_socket_is_taken_away(tmp_path: Path) -> None:
    path = tmp_path / "s.sock"
    old = UnixSocket(path, 0o600)
    old.listening.close()
    new = UnixSocket(path, 0o600)
    old.remove()
    assert answers(path)
    new.remove()
    assert not path.exists()
    new.remove()


def test_a_deep_folder_is_no_hindrance(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    deep.mkdir(parents=True)
    store = deep / "room.zz110"
    made = UnixSocket(socket_of(store), 0o600)
    assert find_core(store) == socket_of(store)
    with short(socket_of(store)) as name, socket.socket(socket.AF_UNIX) as client:
        client.connect(name)
    made.listening.close()


def test_a_folder_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="cannot listen"):
        UnixSocket(tmp_path / "missing" / "s.sock", 0o600)
    with pytest.raises(Trouble, match="cannot listen"):
        UnixSocket(tmp_path / ("n" * 120), 0o600)


def test_a_socket_one_may_not_use_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    UnixSocket(tmp_path / "s.sock", 0o600)

    def denied(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(socket.socket, "connect", denied)
    with pytest.raises(Trouble, match="may not connect"):
        answers(tmp_path / "s.sock")
