"""The past of a room asked for from another machine with the real command: the core answers over TLS."""

from __future__ import annotations

import json
from pathlib import Path

from tests.e2e.conftest import Program
from tests.e2e.elsewhere import Elsewhere, add, free_port, tls
from tests.e2e.serving import core


def test_what_left_the_board_is_found_listed_and_shown_as_at_the_cores_machine(
    drilled: Program, tmp_path: Path
) -> None:
    here = drilled.json("--drill", "incident", "list", "--all")
    board = {one["number"] for one in drilled.json("--drill", "incident", "list")}
    filed = next(one for one in here if one["number"] not in board)
    number, word = filed["number"], filed["type_zh"]
    found = drilled.json("--drill", "incident", "find", word, "--limit", "1000")
    reports = drilled.json("--drill", "report", "list", "--all")
    shown = drilled.json("--drill", "incident", "show", number)
    add(drilled, "li", "李警官")
    add(drilled, "gao", "高工", "--may", "admin")
    port = free_port()
    there = Elsewhere(drilled, tmp_path / "elsewhere", port)

    def ask(account: str, *words: str, exit_code: int = 0) -> object:
        password = ("--password-file", str(there.program.home / "password"))
        done = there.program.run("--drill", *there.options, "--account", account, *password, *words, "--json")
        assert done.returncode == exit_code, done.stderr
        return json.loads(done.stdout) if done.stdout else done.stderr

    with core(drilled, "--drill", *tls(port)) as served:
        assert ask("li", "incident", "list", "--all") == here
        assert ask("li", "incident", "find", word, "--limit", "1000") == found
        assert ask("li", "incident", "find", word, "--limit", "2") == found[:2]
        assert ask("li", "report", "list", "--all") == reports
        assert ask("li", "incident", "show", number) == shown
        done = json.loads(there.do(f"find {number}", "li", "--drill").stdout)
        assert number in json.dumps(done, ensure_ascii=False)
        said = ask("gao", "--duty", "admin", "incident", "list", "--all", exit_code=77)
        assert "admin" in str(said)
        assert "核心的机器" in str(ask("li", "figures", exit_code=69))
        assert not (tmp_path / "elsewhere" / "none.zz110").exists(), "no store was made there, and none was read"
        children = _children(served.process.pid)
        assert len(children) == 1, "one process answers"
        served.end()
        assert not any(Path(f"/proc/{child}").exists() for child in children), "and ends with its core"
    read = [n for n in drilled.json("--drill", "security", "list", "--event", "read") if n.get("account") == "li"]
    assert {note["what"] for note in read} == {"incident list --all", "find", "report list --all", "incident show"}
    assert word not in json.dumps(read, ensure_ascii=False)


def _children(parent: int) -> list[int]:
    """Of all processes those of ours that this one started, by the program they run."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            stat = (entry / "stat").read_text(encoding="ascii") if entry.name.isdecimal() else ""
            command = (entry / "cmdline").read_bytes() if stat else b""
        except OSError:
            continue
        if stat and int(stat.rpartition(")")[2].split()[1]) == parent and b"answering" in command:
            found.append(int(entry.name))
    return found
