"""The exit codes of ``zz110``: what a script may rely on. ``--help`` and docs/cli.md print this table."""

from __future__ import annotations

import signal
from collections.abc import Collection

OK = 0
TROUBLE = 1
USAGE = 2
REFUSED = 3
UNCLEAR = 4
WRONG_FILES = 64
BAD_DATA = 65
NO_INPUT = 66
NO_TERMINAL = 69
BUG = 70
CANNOT_CREATE = 73
STORE_IN_USE = 75
NOT_LET_IN = 77
CONFIG = 78
INTERRUPTED = 130
PIPE_CLOSED = 141
TERMINATED = 143

MEANINGS: dict[int, tuple[str, str]] = {
    OK: ("完成", "done"),
    TROUBLE: (
        "周边出了问题，或检查不通过；原因在标准错误",
        "trouble, or a check that failed; the reason is on standard error",
    ),
    USAGE: ("命令写法不对", "the command was written wrongly"),
    REFUSED: (
        "核心拒绝了命令（do - 时：至少一行未被接受）",
        "the core refused (with do -: at least one line was not accepted)",
    ),
    UNCLEAR: (
        "这一行有歧义、不完整或看不懂，没有执行",
        "the line was ambiguous, incomplete or wrong; nothing was done",
    ),
    WRONG_FILES: ("同一个文件用作了两种用途", "one file was named for two uses"),
    BAD_DATA: ("来源文件的内容不能用", "a file's contents cannot be used"),
    NO_INPUT: ("没有这个来源文件", "a file to be read is not there"),
    NO_TERMINAL: ("席位需要终端，而这里没有", "the desk needs a terminal and there is none"),
    BUG: ("程序错误；已写下不含个人信息的报告", "a bug; a report without personal data was written"),
    CANNOT_CREATE: ("文件写不了", "a file cannot be written"),
    STORE_IN_USE: (
        "库正被另一个进程写入，或核心暂时连不上",
        "the store is being written by another process, or the core cannot be reached now",
    ),
    NOT_LET_IN: ("核心不接纳本账号、职责或版本", "the core does not take this account, duty or version in"),
    CONFIG: ("配置不能用", "the configuration cannot be used"),
    INTERRUPTED: ("被 Ctrl-C 中断", "interrupted by Ctrl-C"),
    PIPE_CLOSED: ("输出的另一端关闭了", "whoever read the output went away"),
    TERMINATED: ("被 SIGTERM 结束", "ended by SIGTERM"),
}
"""Exit code -> Chinese, English."""


def ended_by(signals: Collection[int]) -> int:
    """The code of what signals ended before it was done."""
    return TERMINATED if signal.SIGTERM in signals else INTERRUPTED


def table(language: str) -> str:
    """The codes as the lines that help shows."""
    return "\n".join(f"{code:>3}  {zh if language == 'zh' else en}" for code, (zh, en) in MEANINGS.items())
