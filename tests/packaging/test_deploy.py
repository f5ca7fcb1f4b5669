"""What ``deploy/`` ships is true: the unit's own command serves, systemd takes the unit, and its sandbox is tight."""

from __future__ import annotations

import grp
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
UNIT = ROOT / "deploy" / "zz110.service"
MOST_EXPOSED = 20
"""Tenths on the scale of ``systemd-analyze security``: below 2.0 is "OK", an ordinary service has 9.6."""

ANALYZE = shutil.which("systemd-analyze")
needs_systemd = pytest.mark.skipif(ANALYZE is None, reason="there is no systemd-analyze on this machine")


def command_of(unit: str) -> list[str]:
    (line,) = re.findall(r"(?m)^ExecStart=(.+)$", unit)
    return shlex.split(line)


@needs_systemd
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    """With a program and accounts that are there: those of an installation are not."""
    text = UNIT.read_text(encoding="utf-8").replace("/opt/zz110/bin/zz110", "/bin/true")
    text = re.sub(r"(?m)^(User|Group|SupplementaryGroups)=.*$", "", text)
    unit = tmp_path / "zz110.service"
    unit.write_text(text, encoding="utf-8")
    assert ANALYZE is not None
    done = subprocess.run([ANALYZE, "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False)
    assert (done.returncode, [line for line in done.stderr.splitlines() if "zz110" in line]) == (0, [])


@needs_systemd
def test_the_sandbox_leaves_little(tmp_path: Path) -> None:
    assert ANALYZE is not None
    rated = [ANALYZE, "security", "--offline=yes", "--no-pager", f"--threshold={MOST_EXPOSED}"]
    done = subprocess.run([*rated, str(UNIT)], capture_output=True, text=True, check=False)
    if "nrecognized option" in done.stderr:
        pytest.skip("this systemd-analyze rates no files")
    assert done.returncode == 0, done.stdout[-300:]
    open_door = tmp_path / "open.service"
    open_door.write_text("[Service]\nExecStart=/bin/true\n", encoding="utf-8")
    assert subprocess.run([*rated, str(open_door)], capture_output=True, check=False).returncode != 0


def test_the_units_own_command_serves(tmp_path: Path) -> None:
    program, *options = command_of(UNIT.read_text(encoding="utf-8"))
    assert program == "/opt/zz110/bin/zz110"
    group = grp.getgrgid(os.getgid()).gr_name
    said = {
        "/var/lib/zz110/room.zz110": str(tmp_path / "room.zz110"),
        "/etc/zz110": str(tmp_path),
        "zz110-desk": group,
        "127.0.0.1:9110": "127.0.0.1:0",
    }
    options = [said.get(option, option) for option in options]
    env = {**os.environ, "HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    core = subprocess.Popen([sys.executable, "-m", "zz110_tui", *options], stderr=subprocess.PIPE, text=True, env=env)
    assert core.stderr is not None
    try:
        for line in core.stderr:
            if "在服务" in line or "serving" in line:
                break
        else:
            pytest.fail("it did not come up")
        assert (tmp_path / "room.zz110.sock").stat().st_mode & 0o777 == 0o660
        assert (tmp_path / "room.zz110").stat().st_mode & 0o777 == 0o600
        assert (tmp_path / "room.zz110.security").stat().st_mode & 0o777 == 0o600
    finally:
        core.terminate()
    assert core.wait(240) == 0


def test_the_wrapper_is_plain_shell_that_takes_no_word_from_the_client() -> None:
    desk = ROOT / "deploy" / "zz110-desk"
    text = desk.read_text(encoding="utf-8")
    assert os.access(desk, os.X_OK)
    assert "SSH_ORIGINAL_COMMAND" not in text
    assert "eval" not in text
    assert subprocess.run(["sh", "-n", str(desk)], check=False).returncode == 0
    assert "exec /usr/bin/env -i" in text
