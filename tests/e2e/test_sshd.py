"""The sshd recipe of ``deploy/`` against a real sshd on loopback: a login is a desk, and nothing else gets through."""

from __future__ import annotations

import getpass
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.conftest import Program
from tests.e2e.elsewhere import free_port
from tests.e2e.serving import Core
from tests.e2e.terminal import terminal

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
SBIN = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
SSHD = shutil.which("sshd", path=SBIN)
CTRL_Q = "\x11"
GAVE_UP = os.environ.get("ZZ110_NO_SSHD", "")
"""Why ``.ci/run`` could not install an sshd: there, a missing one is a failure unless it said so."""

pytestmark = pytest.mark.skipif(
    (SSHD is None or shutil.which("ssh") is None) and (not os.environ.get("CI") or bool(GAVE_UP)),
    reason=GAVE_UP or "there is no sshd on this machine (Debian: apt install openssh-server)",
)


@dataclass
class SshDesk(Program):
    """``zz110`` as somebody elsewhere starts it: by logging in."""

    ssh: tuple[str, ...] = ()

    @property
    def command(self) -> list[str]:
        return list(self.ssh)


@dataclass(frozen=True)
class Site:
    program: Program
    folder: Path
    port: int
    config: Path

    @property
    def base(self) -> list[str]:
        """The client with everything but its command; it believes no file of this machine's user."""
        options = (
            "BatchMode=yes",
            "StrictHostKeyChecking=no",
            f"UserKnownHostsFile={self.folder / 'known'}",
            "IdentitiesOnly=yes",
            "LogLevel=ERROR",
            "SendEnv=ZZ110_STORE ZZ110_CONFIG_DIR EVIL",
        )
        ssh = ["ssh", "-F", "/dev/null", "-p", str(self.port), "-i", str(self.folder / "key")]
        return [*ssh, *(part for option in options for part in ("-o", option))]

    @property
    def target(self) -> str:
        return f"{getpass.getuser()}@127.0.0.1"

    def run(self, *more: str, command: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
        env = {**self.program.env, "ZZ110_STORE": str(self.folder / "evil.zz110"), "EVIL": "1"}
        return subprocess.run(
            [*self.base, *more, self.target, *command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=240,
            env=env,
            check=False,
        )

    def desk(self, *command: str) -> SshDesk:
        return SshDesk(self.folder, self.program.env, self.program.prefork, (*self.base, "-tt", self.target, *command))


def wrapper(site: Path, program: Program) -> Path:
    """``deploy/zz110-desk`` with the paths of this test instead of those of an installation."""
    text = (DEPLOY / "zz110-desk").read_text(encoding="utf-8")
    run = site / "zz110"
    run.write_text(f'#!/bin/sh\nPYTHONPATH={program.env["PYTHONPATH"]} exec {sys.executable} -m zz110_tui "$@"\n')
    run.chmod(0o755)
    (site / "config").mkdir()
    for name, path in (("store", program.store), ("config", site / "config"), ("program", run)):
        text, count = re.subn(rf"(?m)^{name}=.*$", f"{name}={path}", text)
        assert count == 1, name
    desk = site / "zz110-desk"
    desk.write_text(text, encoding="utf-8")
    desk.chmod(0o755)
    return desk


def sshd_config(site: Path, program: Program, port: int) -> str:
    """A common server that allows everything, and the recipe for the account of this test."""
    recipe = (DEPLOY / "sshd-zz110.conf").read_text(encoding="utf-8")
    recipe = recipe.replace("Match Group zz110-desk", f"Match User {getpass.getuser()}")
    recipe = recipe.replace("/opt/zz110/bin/zz110-desk", str(wrapper(site, program)))
    return f"""
Port {port}
ListenAddress 127.0.0.1
HostKey {site / "host"}
PidFile {site / "pid"}
AuthorizedKeysFile {site / "authorized"}
StrictModes no
UsePAM no
PermitRootLogin yes
AllowTcpForwarding yes
AllowAgentForwarding yes
X11Forwarding yes
PermitTunnel yes
GatewayPorts yes
AcceptEnv ZZ110_* EVIL LANG LC_*
Subsystem sftp internal-sftp
{recipe}
"""


@pytest.fixture
def site(zz110: Program, tmp_path: Path) -> Iterator[Site]:
    assert SSHD is not None, "CI has to install openssh-server (.ci/run)"
    folder = tmp_path / "ssh"
    folder.mkdir(mode=0o700)
    for name in ("host", "key"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True)
    public = (folder / "key.pub").read_text(encoding="utf-8")
    (folder / "authorized").write_text(f"restrict,pty {public}", encoding="utf-8")
    port = free_port()
    config = folder / "sshd_config"
    config.write_text(sshd_config(folder, zz110, port), encoding="utf-8")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    subprocess.run([SSHD, "-t", "-f", str(config)], check=True)
    server = subprocess.Popen([SSHD, "-D", "-e", "-f", str(config)], stderr=(folder / "log").open("wb"))
    try:
        _wait_for(port)
        yield Site(zz110, folder, port, config)
    finally:
        server.terminate()
        server.wait(120)


def _wait_for(port: int) -> None:
    end = time.monotonic() + 120
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            assert time.monotonic() < end, "sshd does not answer"


def test_a_login_is_a_desk_at_the_running_core_and_what_else_was_asked_for_is_not_done(site: Site) -> None:
    pwned = site.folder / "pwned"
    served = Core(site.program)
    try:
        with terminal(site.desk("touch", str(pwned))) as desk:
            desk.wait_for("待接警")
            desk.type("n 打架 @F7 / 经SSH\r")
            desk.wait_for("0001")
            desk.type(CTRL_Q)
            desk.wait_for("再按一次退出")
            desk.type(CTRL_Q)
            assert desk.ended() == 0
    finally:
        served.end()
    assert not pwned.exists()
    said = site.program.json("incident", "show", "1")["chronology"][0]
    assert said["person"] == getpass.getuser(), "who it is, the account says: no second password"


def test_no_command_no_shell_no_file_transfer_no_variable_gets_through(site: Site) -> None:
    pwned = site.folder / "pwned"
    for command in (("touch", str(pwned)), ("sh", "-c", f"touch {pwned}"), (f"; touch {pwned}",)):
        done = site.run(command=command)
        assert done.returncode == 69, "the desk ran, and there is no terminal"
        assert not pwned.exists()
    done = site.run("-s", command=("sftp",))
    assert done.returncode == 69
    assert not (site.folder / "evil.zz110").exists()
    assert "evil" not in done.stderr


def test_nothing_is_forwarded(site: Site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as inner:
        there = f"127.0.0.1:{inner.getsockname()[1]}"
        through = site.run("-W", there)
        assert (through.returncode, through.stderr) == (255, "stdio forwarding failed\n")
        back = site.run("-N", "-o", "ExitOnForwardFailure=yes", "-R", f"0:{there}")
        assert back.returncode == 255
        inner.settimeout(0.2)
        with pytest.raises(TimeoutError):
            inner.accept()
    for name in ("-A", "-X"):
        done = site.run(name)
        assert done.returncode == 69
        assert not re.search(r"SSH_AUTH_SOCK|DISPLAY", done.stdout + done.stderr)


def test_the_effective_configuration_is_what_the_recipe_promises(site: Site) -> None:
    assert SSHD is not None
    who = f"user={getpass.getuser()},host=localhost,addr=127.0.0.1"
    told = subprocess.run([SSHD, "-T", "-f", str(site.config), "-C", who], capture_output=True, text=True, check=True)
    effective = dict(line.split(" ", 1) for line in told.stdout.splitlines() if " " in line)
    promised = {
        "permituserrc": "no",
        "disableforwarding": "yes",
        "allowtcpforwarding": "no",
        "allowstreamlocalforwarding": "no",
        "allowagentforwarding": "no",
        "x11forwarding": "no",
        "permittunnel": "no",
        "gatewayports": "no",
        "passwordauthentication": "no",
        "kbdinteractiveauthentication": "no",
        "authenticationmethods": "publickey",
        "permituserenvironment": "no",
        "maxsessions": "1",
    }
    assert {name: effective[name] for name in promised} == promised
