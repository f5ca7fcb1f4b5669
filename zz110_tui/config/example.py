"""``config.example.toml``, written from the settings model: every key, its meaning in both languages, its default.

    python -m zz110_tui.config.example > config.example.toml

A test holds the file to it.
"""

from __future__ import annotations

import sys

from zz110_tui.config.fields import Field, all_fields, expected

_HEAD = """\
# Settings of zz110. Every key is here with its default, commented out.
# 本文件列出 zz110 的全部设置及默认值，均已注释。
#
# Copy it to config.toml in your configuration folder (`zz110 config where` names it), or to /etc/zz110/config.toml for
# the whole machine, and take the # away from what you change. --config-dir or ZZ110_CONFIG_DIR names another folder.
# 复制为配置目录中的 config.toml（`zz110 config where` 会列出位置），或全机共用的 /etc/zz110/config.toml，
# 去掉所改行首的 #。
# `zz110 config check` says what is wrong; `zz110 config show` says what counts and where it came from.
# `zz110 config check` 查错；`zz110 config show` 显示当前生效的值及其来源。
"""

_TABLES = {
    "desk": ("The seat this terminal is.", "本终端的席位。"),
    "heads": (
        "Signed heads: proof, kept outside, that nothing was cut off or rewritten (docs/journal.md).",
        "签名链头：留存在外部，证明日志未被截去或重写（docs/journal.md）。",
    ),
    "backup": ("Backups (docs/backup.md).", "备份（docs/backup.md）。"),
    "archive": ("Archived years (docs/journal.md).", "归档的年份（docs/journal.md）。"),
    "limits": (
        "Alarms: how old something may become, in seconds, by priority, p1 the most urgent. A report is as p2.",
        "警报时限（秒），按级别，p1 最急。未应答的接警按 p2 计。",
    ),
    "travel": ("How the room's cars drive.", "警车行驶。"),
    "alarms": (
        "The shelf, when alarms rise whatever their priority, the budget of alarms (ISA-18.2, EEMUA 191), the bell.",
        "警报的搁置、不论级别的升级时限、警报预算（ISA-18.2、EEMUA 191）与铃声。",
    ),
    "fill_in": ("When a free unit is proposed to move to cover a hole.", "何时建议空闲警力移动补位。"),
}


def example() -> str:
    """The text of ``config.example.toml``."""
    lines = [_HEAD]
    table = ""
    for field in all_fields():
        above = ".".join(field.key[:-1])
        if isinstance(field.default, dict):
            above = field.dotted
        if above != table:
            lines += _heading(above, table)
            table = above
        lines += _entry(field)
    return "\n".join(lines)


def _heading(table: str, before: str) -> list[str]:
    group = table.split(".", maxsplit=1)[0]
    lines = []
    if group in _TABLES and before.split(".", maxsplit=1)[0] != group:
        lines = [f"# {words}" for words in _TABLES[group]]
    return [*lines, f"[{table}]"]


def _entry(field: Field) -> list[str]:
    takes = expected(field.type)
    if isinstance(field.default, dict):
        return [f"# {field.words.en}", f"# {field.words.zh}", '# "出" = "dispatch"', ""]
    if field.key[0] == "limits":
        return [f"# {field.key[-1]} = {field.default}  # {field.words.en} / {field.words.zh}"] + (
            [""] if field.key[-1] == "taken" else []
        )
    lines = [f"# {field.words.en}", f"# {field.words.zh}"]
    number = isinstance(field.default, int | float) and not isinstance(field.default, bool)
    if number:
        lines.append(f"# {takes.en} / {takes.zh.strip()}")
    value = f'"{field.default}"' if isinstance(field.default, str) else str(field.default).lower()
    return [*lines, f"# {field.key[-1]} = {value}", ""]


if __name__ == "__main__":
    sys.stdout.write(example())
