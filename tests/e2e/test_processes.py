"""What happens to processes: killed, interrupted, two at once, nobody reading, no terminal."""

from __future__ import annotations

import json
import re
import shlex
import signal
import subprocess
from typing import Any

import pytest

from tests.e2e.conftest import Program


def ask(process: subprocess.Popen[bytes], line: str) -> dict[str, Any]:
    """A line in, a line out."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{line}\n".encode())
    process.stdin.flush()
    answer: dict[str, Any] = json.loads(process.stdout.readline())
    return answer


def end(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    _, err = process.communicate(timeout=240)
    return process.returncode, err.decode()


@pytest.mark.parametrize("answered", [1, 7, 40])
def test_kill_9_loses_no_acknowledged_line(zz110: Program, answered: int) -> None:
    process = zz110.start("do", "-", "--json")
    acknowledged = [ask(process, "n 打架 @F7")]
    assert process.stdin is not None
    # A flood behind the last answer read, so that it dies in the middle of work.
    process.stdin.write(b"".join(f"nt i=1 / line {n}\n".encode() for n in range(2, 400)))
    process.stdin.flush()
    assert process.stdout is not None
    acknowledged += [json.loads(process.stdout.readline()) for _ in range(answered)]
    process.kill()
    rest, _ = process.communicate(timeout=240)
    acknowledged += [json.loads(line) for line in rest.splitlines(keepends=True) if line.endswith(b"\n")]
    assert process.returncode == -signal.SIGKILL

    stored = {record["p"]: record for record in map(json.loads, zz110.run("journal", "export").stdout.splitlines())}
    for answer in acknowledged:
        for entry in answer["entries"]:
            assert stored[entry["p"]] == entry
    assert zz110.json("journal", "verify")["intact"] is True
    assert zz110.do("nt i=1 / afterwards")["position"] > acknowledged[-1]["position"]


def test_two_writers_on_one_store_are_refused_and_told_who_holds_it(zz110: Program) -> None:
    first = zz110.start("do", "-", "--json")
    ask(first, "n 打架 @F7")
    second = zz110.run("do", "n 噪音 @F8", "--json")
    answer = json.loads(second.stdout)
    assert (second.returncode, answer["status"], answer["entries"]) == (75, "not_sent", [])
    assert str(first.pid) in answer["says"]
    assert "Traceback" not in second.stderr
    # Reading is possible meanwhile, and sees what was acknowledged.
    assert [i["incident"] for i in zz110.json("incident", "list")] == [1]
    assert end(first)[0] == 0
    assert zz110.do("n 噪音 @F8")["status"] == "accepted"


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_the_stream_after_the_line_at_hand(zz110: Program, number: signal.Signals, code: int) -> None:
    process = zz110.start("do", "-", "--json")
    ask(process, "n 打架 @F7")
    process.send_signal(number)
    returned, err = end(process)
    assert returned == code
    assert "Traceback" not in err
    assert zz110.json("incident", "show", "1")["stage"] == "queued"
    # It went in order: the desk was given back.
    assert zz110.run("journal", "tail", "-n", "1", "--json").stdout.count("desk_closed") == 1


def test_half_a_line_is_not_done_when_a_signal_comes(zz110: Program) -> None:
    process = zz110.start("do", "-", "--json")
    ask(process, "n 打架 @F7")
    assert process.stdin is not None
    process.stdin.write(b"cl 1 ")
    process.stdin.flush()
    process.send_signal(signal.SIGTERM)
    assert end(process)[0] == 143
    assert zz110.json("incident", "show", "1")["stage"] == "queued"


def test_without_a_terminal_it_says_so_and_names_the_headless_ways(zz110: Program) -> None:
    command = shlex.join(zz110.command)
    done = subprocess.run(
        ["/bin/bash", "-c", f"{command} </dev/null | cat; exit ${{PIPESTATUS[0]}}"],
        capture_output=True,
        env=zz110.env,
        cwd=zz110.home,
        timeout=240,
        check=False,
    )
    said = done.stderr.decode()
    assert done.returncode == 69
    assert done.stdout == b""
    assert "没有终端" in said
    assert "no terminal" in said
    assert "zz110 do " in said
    assert "zz110 drill run " in said
    assert not zz110.store.exists()


def test_a_reader_that_goes_away_is_no_error_worth_words(zz110: Program) -> None:
    zz110.do_all("n 打架 @F7", *(f"nt . / {'长' * 500} {n}" for n in range(300)))
    command = shlex.join([*zz110.command, "journal", "export"])
    done = subprocess.run(
        ["/bin/bash", "-c", f"{command} | head -n 1; exit ${{PIPESTATUS[0]}}"],
        capture_output=True,
        env=zz110.env,
        cwd=zz110.home,
        timeout=240,
        check=False,
    )
    assert (done.returncode, done.stderr) == (141, b"")
    assert json.loads(done.stdout)["p"] == 1


def test_an_unwritable_store_is_a_trouble_with_a_remedy(zz110: Program) -> None:
    done = zz110.run("do", "n 打架 @F7", "--json", "--store", "/proc/nowhere/a.zz110")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "→" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_damaged_journal_is_said_with_the_place(zz110: Program) -> None:
    zz110.do_all("n 打架 @F7", "nt . / one", "nt . / two", "nt . / three")
    import apsw

    connection = apsw.Connection(str(zz110.store))
    for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {trigger}")
    changed = "CAST(replace(CAST(payload AS TEXT), 'one', 'two') AS BLOB)"
    connection.execute(f"UPDATE entry SET payload = {changed} WHERE position = 7")
    connection.close()
    verdict = zz110.json("journal", "verify", exit_code=1)
    assert verdict["intact"] is False
    assert verdict["position"] == 6
    assert verdict["fault"]["kind"] == "changed"
    assert verdict["fault"]["position"] == 7
    words = zz110.run("journal", "verify", "--lang", "en")
    assert words.returncode == 1
    assert re.search(r"\b7\b", words.stdout)


def test_a_head_kept_elsewhere_finds_an_end_that_was_cut_off(zz110: Program) -> None:
    zz110.do_all("n 打架 @F7", "nt . / one")
    head = zz110.json("journal", "verify")["head"]
    position, _, chain = head.partition(":")
    assert zz110.run("journal", "verify", "--pin", head).returncode == 0
    longer = f"{int(position) + 1}:{chain}"
    assert zz110.json("journal", "verify", "--pin", longer, exit_code=1)["fault"]["kind"] == "cut"
    assert zz110.run("journal", "verify", "--pin", "nonsense").returncode == 2
