"""What a bug leaves on the terminal: where it was, never what was in it."""

from __future__ import annotations

import traceback
from pathlib import Path

from rich.text import Text

from zz110_tui.core.rulebook import Words

_WORDS = Words(
    "席位程序因内部错误停止。已确认的步骤都在库中；重新启动 zz110 即可继续。\n"
    "请把下面几行交给维护者，其中没有报警人的资料：",
    "The desk stopped because of an internal error. Every acknowledged step is stored; start zz110 again to go on.\n"
    "Please report the lines below; there is nothing about callers in them:",
)


def crash_report(bug: BaseException, language: str) -> Text:
    """Type of the error and the place of each frame: no values, no message, which may quote a caller."""
    lines = [_WORDS.in_(language)]
    lines += [
        f"  {'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(bug.__traceback__)
    ]
    lines.append(f"  {type(bug).__name__}")
    return Text("\n".join(lines))
