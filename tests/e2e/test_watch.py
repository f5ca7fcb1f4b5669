"""``zz110 watch``: the room as lines, in real processes."""

from __future__ import annotations

import json
import signal
import subprocess
from typing import Any

import pytest

from tests.e2e.conftest import Program
from tests.e2e.serving import core


def lines_of(done: subprocess.CompletedProcess[str]) -> list[str]:
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_a_line_typed_is_done_and_what_happened_is_said_once(zz110: Program) -> None:
    said = lines_of(zz110.run("watch", stdin="n 打架 @胜利路x延安路 / 两人持刀\nd 5 1\nquit\nd 3 1\n"))
    assert "警情 0" in said[0]
    assert [line for line in said if "立警情 0001" in line and "两人持刀" in line]
    assert len([line for line in said if "派 05 → 0001" in line]) == 1
    assert not [line for line in said if "派 03" in line], "after quit nothing is done"
    assert zz110.json("incident", "show", "1")["stage"] == "dispatched"


def test_who_comes_in_is_told_what_is_open(zz110: Program) -> None:
    zz110.do("n 抢劫 @漳州医院")
    said = lines_of(zz110.run("watch", stdin=""))
    assert "警情 1" in said[0]
    assert "0001" in said[1]
    assert "抢劫" in said[1]


def test_an_unclear_line_is_answered_with_what_it_lacks(zz110: Program) -> None:
    said = lines_of(zz110.run("watch", stdin="nonsense\n? d\n"))
    assert [line for line in said if line.startswith("> ")]
    assert [line for line in said if line.startswith("= ")]


def test_hostile_text_steers_no_terminal(zz110: Program) -> None:
    done = zz110.run("watch", stdin="n 打架 @F7 / \x1b]52;c;YQ==\x07\u202e危险\n")
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout
    assert "危险" in done.stdout


def test_a_watch_hears_another_desk_and_says_when_the_core_is_gone(zz110: Program) -> None:
    with core(zz110) as served:
        watching = subprocess.Popen(
            [*zz110.command, "watch", "--read-only", "--json"],
            stdout=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            env=zz110.env,
            cwd=zz110.home,
        )
        try:
            assert watching.stdout is not None
            documents = (json.loads(line) for line in watching.stdout)
            assert next(documents)["what"] == "open"
            zz110.do("n 打架 @F7 / 来自另一席位")
            opened = wait_for(documents, fact="incident_opened")
            assert opened["data"]["text"] == "来自另一席位"
            served.end(signal.SIGKILL)
            lost = wait_for(documents, what="link")
            assert lost["connected"] is False
        finally:
            watching.send_signal(signal.SIGTERM)
            assert watching.wait(240) == 143


def wait_for(documents: Any, **wanted: Any) -> Any:
    return next(d for d in documents if all(d.get(key) == value for key, value in wanted.items()))


def watched(zz110: Program, settings: str, remind_s: int) -> subprocess.Popen[bytes]:
    """A watch with settings of its own."""
    folder = zz110.home / "conf"
    folder.mkdir()
    (folder / "config.toml").write_text(settings, encoding="utf-8")
    return subprocess.Popen(
        [*zz110.command, "--config-dir", str(folder), "watch", "--remind", str(remind_s)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=zz110.env,
        cwd=zz110.home,
    )


@pytest.mark.parametrize(
    ("settings", "rings", "rings_again"),
    [
        ("", True, False),
        ('bell = "untaken"\nbell_every = 10', True, True),
        ('bell = "off"', False, False),
        ('quiet = "0-0"', False, False),
    ],
)
def test_it_rings_by_the_rules_of_the_desk(zz110: Program, settings: str, rings: bool, rings_again: bool) -> None:
    """One set of rules: what the settings say of the bell holds for the lines as for the screen."""
    watching = watched(zz110, f"[alarms]\n{settings}\n[limits.p1]\nundispatched = 1\n", 4)
    assert watching.stdin is not None
    assert watching.stdout is not None
    watching.stdin.write("n 抢劫 @漳州医院\n".encode())
    watching.stdin.flush()
    loud = (line.decode().startswith("\a") for line in watching.stdout if b"!!" in line)
    assert next(loud) is rings
    # Three reminders are more than the ten seconds that lie between two bells at least.
    assert any(next(loud) for _ in range(3)) is rings_again
    watching.stdin.write(b"quit\n")
    watching.stdin.flush()
    assert watching.wait(240) == 0


def test_an_alarm_is_said_again_until_somebody_takes_it_and_its_end_is_said(zz110: Program) -> None:
    watching = watched(zz110, "[limits.p1]\nundispatched = 1\n", 1)
    assert watching.stdin is not None
    assert watching.stdout is not None

    def typed(line: str) -> None:
        assert watching.stdin is not None
        watching.stdin.write(f"{line}\n".encode())
        watching.stdin.flush()

    lines = (line.decode() for line in watching.stdout)
    typed("n 抢劫 @漳州医院")
    first = next(line for line in lines if "!!" in line)
    assert first.startswith("\a"), "an alarm of priority 1 rings once"
    again = next(line for line in lines if "!!" in line)
    assert "\a" not in again
    typed("d 5 1")
    assert "0001" in next(line for line in lines if "警报解除" in line)
    typed("quit")
    assert watching.wait(240) == 0
