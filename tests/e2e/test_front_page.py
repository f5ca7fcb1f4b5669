"""The lines on both front pages are what a stranger types first: they are done as they stand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.e2e.conftest import Program

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_the_first_call_goes_from_the_slip_to_its_end(zz110: Program, page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    (lines,) = (block for block in re.findall(r"^```\n(.*?)^```$", text, re.MULTILINE | re.DOTALL) if "\nn " in block)
    typed = [line for line in lines.splitlines() if not line.startswith("#")]
    answers = zz110.do_all(*lines.splitlines())
    assert len(answers) == len(typed) > 8
    assert typed[-1] == "undo"
    assert zz110.json("incident", "show", "1")["stage"] == "called_back"
