"""What a wrongly written command line is answered with, in Chinese: every message that Typer makes of ours."""

from __future__ import annotations

import re
from typing import Any

import pytest
from typer.main import get_command

from zz110_tui.cli.mistakes import UsageError, chinese, say_mistake
from zz110_tui.cli.whole import app


def fault_of(*args: str) -> Any:
    with pytest.raises(UsageError) as caught:
        get_command(app)(list(args), prog_name="zz110", standalone_mode=False)
    return caught.value


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("incidnt", "没有命令 incidnt；是不是 incident？"),
        ("zzz", "没有命令 zzz"),
        ("incident list --al", "没有选项 --al；是不是 --all、--help？"),
        ("do d --zzz", "没有选项 --zzz"),
        ("do", "缺少参数 LINE"),
        ("journal archive --before 2020", "缺少选项 --to"),
        ("do d --id", "选项 --id 后面要写值"),
        ("do d --json=1", "选项 --json 后面不写值"),
        ("unit list a b", "多出了 a b"),
        ("unit list a", "多出了 a"),
        ("figures --by x", "--by 不能是 x，可以是 grid、unit、type、channel、squad"),
        ("city posts zhangzhou --hour 40", "--hour 不能是 40，范围是 -1<=x<=23"),
        ("city posts zhangzhou --hour x", "--hour 要写数，不能是 x"),
        ("city grids zhangzhou --area x", "--area 要写数，不能是 x"),
        ("order show x", "N 是编号，如 12 或 t12"),
        ("incident show x", "N 是警情号，只有数字，如 0142"),
    ],
)
def test_a_mistake_is_said_in_chinese(line: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    fault = fault_of(*line.split())
    assert say_mistake(fault, "zh") == 2
    answer = capsys.readouterr().err
    assert answer.splitlines()[-1] == f"错误：{said}"
    assert not re.search(r"Usage|Try|Error", answer)


def test_in_english_it_is_said_as_typer_says_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert say_mistake(fault_of("incidnt"), "en") == 2
    assert "Error: No such command 'incidnt'" in capsys.readouterr().err


def test_a_message_nobody_knows_stays_as_it_is() -> None:
    assert chinese("Something else.") == "Something else."
