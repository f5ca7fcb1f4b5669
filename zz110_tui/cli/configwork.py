"""The work behind ``zz110 config``."""

from __future__ import annotations

from typing import Any

from zz110_tui.cli import output
from zz110_tui.cli.exits import CONFIG, OK
from zz110_tui.cli.invocation import Invocation
from zz110_tui.config.bundled import EXAMPLE, bundled
from zz110_tui.config.folders import find
from zz110_tui.config.keymaps import keymap_problems
from zz110_tui.config.load import check, load, where
from zz110_tui.config.load import show as shown_settings
from zz110_tui.config.problems import Problem, both
from zz110_tui.core.trouble import Trouble
from zz110_tui.language.verbs import verb_index
from zz110_tui.station.actions import ACTIONS


def show_settings(invocation: Invocation, as_json: bool) -> None:
    loaded = load(invocation.config_dir, invocation.store)
    rows = shown_settings(loaded)
    if as_json:
        output.document(
            [{"key": r.key, "value": r.value, "source": r.source, "zh": r.words.zh, "en": r.words.en} for r in rows]
        )
        return
    language = invocation.language or loaded.settings.language
    heads = ("设置", "值", "来自", "含义") if language == "zh" else ("setting", "value", "from", "meaning")
    output.table(heads, [[r.key, _value(r.value), r.source, r.words.in_(language)] for r in rows])


def _value(value: Any) -> str:
    return value if isinstance(value, str) else output.to_json(value)


def check_settings(invocation: Invocation, as_json: bool) -> int:
    """The exit code."""
    problems = problems_of(invocation)
    if as_json:
        output.document(
            {
                "ok": not problems,
                "problems": [
                    {
                        "file": str(p.path),
                        "line": p.line or None,
                        "key": p.key or None,
                        "cause": p.cause,
                        "remedy": p.remedy,
                    }
                    for p in problems
                ],
            }
        )
    else:
        for problem in problems:
            output.text(str(problem))
            output.text(f"  → {problem.remedy}")
        if not problems:
            output.text(both("设置没有问题", "the settings are in order"))
    return CONFIG if problems else OK


def problems_of(invocation: Invocation) -> list[Problem]:
    """Everything wrong in the settings and in what they choose. Raises Trouble for a folder that is not there."""
    problems = check(invocation.config_dir)
    if problems:
        return problems
    loaded = load(invocation.config_dir, invocation.store)
    try:
        verbs = {name: verb.key for name, verb in verb_index(loaded.settings.aliases).items()}
        keymap = find("keymaps", loaded.settings.keymap, loaded.folders)
    except Trouble as trouble:
        source = loaded.folders[0].path
        return [Problem(source, 0, "", f"{trouble.title} · {trouble.cause}", trouble.remedy)]
    return list(keymap_problems(keymap, verbs, ACTIONS))


def where_settings(invocation: Invocation, as_json: bool) -> None:
    looked = where(invocation.config_dir)
    if as_json:
        output.document([{"file": str(at.path), "why": at.why, "found": at.found} for at in looked])
        return
    output.table(
        ("文件 file", "因为 why", "有 found"),
        [[str(at.path), at.why, both("有", "yes") if at.found else both("无", "no")] for at in looked],
    )


def write_example() -> None:
    output.block(bundled(EXAMPLE).read_text(encoding="utf-8"))
