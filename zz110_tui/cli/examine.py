"""The checks of ``zz110 doctor``. Each finding is ``ok``, ``warn`` (works, but) or ``bad`` (has to be mended)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from zz110_tui.cli import output
from zz110_tui.cli.invocation import Invocation
from zz110_tui.core.rulebook import Words
from zz110_tui.core.trouble import Trouble

Status = Literal["ok", "warn", "bad"]
NOTHING = Words("", "")

LABELS = {
    "program": Words("程序", "program"),
    "sqlite": Words("SQLite", "sqlite"),
    "terminal": Words("终端", "terminal"),
    "drawing": Words("绘制", "drawing"),
    "colours": Words("颜色", "colours"),
    "text": Words("编码", "text"),
    "locale": Words("区域", "locale"),
    "settings": Words("设置", "settings"),
    "store": Words("案卷库", "store"),
    "writable": Words("可写", "writable"),
    "disk": Words("磁盘", "disk"),
    "city": Words("城市包", "city"),
}
"""What each finding is about, as it is shown; in JSON the English name is the key."""

LABEL_COLUMNS = 12


@dataclass(frozen=True, slots=True)
class Finding:
    """``name`` is one of ``LABELS``, ``found`` what is there, ``remedy`` how to mend it (empty: nothing has to be)."""

    name: str
    status: Status
    found: Words
    remedy: Words = NOTHING


def ok(name: str, zh: str, en: str = "") -> Finding:
    return Finding(name, "ok", Words(zh, en or zh))


Check = Callable[[Invocation], Iterator[Finding]]


def examine(invocation: Invocation) -> list[Finding]:
    """Every finding, in a fixed order. A check that meets Trouble reports it and the others go on."""
    from zz110_tui.cli import examine_store, examine_terminal

    checks: list[tuple[str, Check]] = [
        ("program", examine_terminal.program),
        ("terminal", examine_terminal.terminal),
        ("text", examine_terminal.encoding),
        ("settings", examine_store.settings),
        ("store", examine_store.store),
        ("disk", examine_store.disk),
        ("city", examine_store.city),
    ]
    findings: list[Finding] = []
    for name, check in checks:
        try:
            findings += check(invocation)
        except Trouble as trouble:
            cause = f"{trouble.title} · {trouble.cause}" if trouble.cause else trouble.title
            findings.append(Finding(name, "bad", Words(cause, cause), Words(trouble.remedy, trouble.remedy)))
    return findings


def print_findings(invocation: Invocation, findings: list[Finding], as_json: bool) -> None:
    if as_json:
        output.document(
            {
                "ok": not any(found.status == "bad" for found in findings),
                "checks": [
                    {
                        "name": found.name,
                        "name_zh": LABELS[found.name].zh,
                        "status": found.status,
                        "found_zh": found.found.zh,
                        "found_en": found.found.en,
                        "remedy_zh": found.remedy.zh or None,
                        "remedy_en": found.remedy.en or None,
                    }
                    for found in findings
                ],
            }
        )
        return
    language = _language(invocation)
    marks = {"ok": "  ", "warn": "? ", "bad": "! "}
    for found in findings:
        label = LABELS[found.name].in_(language)
        label += " " * (LABEL_COLUMNS - output.width(label))
        for number, line in enumerate(found.found.in_(language).splitlines()):
            lead = f"{marks[found.status]}{label}" if number == 0 else " " * 14
            output.text(f"{lead} {line}")
        for line in found.remedy.in_(language).splitlines():
            output.text(f"{'':14} → {line}")


def _language(invocation: Invocation) -> str:
    """The settings' language where they can be read at all."""
    from zz110_tui.config.load import load

    if invocation.language:
        return invocation.language
    try:
        return load(invocation.config_dir, invocation.store).settings.language
    except Trouble:
        return "zh"
