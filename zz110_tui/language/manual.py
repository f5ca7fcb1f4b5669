"""docs/language.md and its Chinese twin, made from the verb table.

``python -m zz110_tui.language.manual`` writes the English page to standard output, with ``zh`` the Chinese one.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from zz110_tui.core.rulebook import Words
from zz110_tui.language.helping import GRAMMAR
from zz110_tui.language.usage import GROUP_WORDS, usage
from zz110_tui.language.verb import FIELDS, Group, Verb
from zz110_tui.language.verbs import VERBS

_ENGLISH = """# The language of the desk

English | [中文](language.zh-CN.md)

<!-- Made from the verb table by `python -m zz110_tui.language.manual`; a test keeps it current. -->

One vocabulary does everything: a key, a menu entry, the command line, `zz110 do "…"`, a script and a drill inject are
the same line, read by the same grammar.

    {grammar}

- **Order** of unit and incident does not matter where their shapes tell them apart; of two numbers that could each be
  either the unit comes first (`d 3 142`). Named fields always work. What stays ambiguous, such as one number alone that
  could be either (`cl 1`), is listed with what each reading would do, never guessed.
- **Units**: the call sign, its number (`7` for `07`), any unique tail, several (`3,7`, `3-5`, `3 7`), `*` for all
  with `on` and `off`.
- **Incidents**: the number, any unique tail of it among those the verb is about, `.` the selected one, `^` the newest,
  nothing where only one fits. Four digits are the whole number.
- **Reports**: `r17`.
- **Places**: `@` and Chinese, pinyin, initials, `@A路xB路`, a map cell `@F7`, or `@lon,lat`; quotes where there are
  blanks. `@~words` keeps the words as they were said and looks nowhere.
- **Free text** comes last, after a blank and `/`, and keeps its characters. Everything before it may be typed in full
  width.
- Without units `d` fills in those it recommends: they are shown before Enter.

A line is read as it is typed. Under it stands what Enter will do, or why it would be refused and what to do instead.
"""

_CHINESE = """# 席位指令

[English](language.md) | 中文

<!-- 由指令表生成：`python -m zz110_tui.language.manual zh`；有测试保证与程序一致。 -->

一套指令做所有的事：键、菜单、命令行、`zz110 do "…"`、脚本、演练注入，都是同样的一行，用同一套语法读。

    {grammar}

- **次序**：警力和警情从样子上分得出时，先后随意；两个数字都两样可能时，警力在前（`d 3 142`）。
  写明字段的总是可以。仍有歧义的，如单独一个数字两样都可能（`cl 1`），列出来并写明各会做什么，绝不猜。
- **警力**：呼号，或其号码（`07` 可写 `7`），或唯一的尾号；几个一起写 `3,7`、`3-5`、`3 7`；
  `on`、`off` 可用 `*` 表示全部。
- **警情**：警情号，或在该指令所涉警情中唯一的尾号；`.` 是所选的一件，`^` 是最新的一件；只有一件合适时可以不写。
  写满四位就是完整的警情号。
- **接警**：`r17`。
- **地点**：`@` 后写中文、拼音、首字母，路口 `@A路xB路`，图格 `@F7`，或 `@经度,纬度`；有空格时加引号。
  `@~原话` 照原话记录，不定位。
- **文字**写在最后，前面一个空格和 `/`，原样保留。文字之前的部分可以用全角打。
- `d` 不写警力时填入推荐的警力，回车之前会显示。

边打边读：上面写明回车会做什么；会被拒绝的，写明理由和办法。
"""

_COLUMNS = Words(
    "| 短名 | 全名 | 中文 | 拼音 | 又名 | 作用 |",
    "| short | long | Chinese | pinyin | also | what it does |",
)


def manual(language: str = "en") -> str:
    """The whole page."""
    return "\n".join(_lines(language))


def _lines(language: str) -> Iterator[str]:
    def say(zh: str, en: str) -> str:
        return Words(zh, en).in_(language)

    yield say(_CHINESE, _ENGLISH).format(grammar=GRAMMAR.in_(language))
    yield say("## 指令\n", "## Verbs\n")
    for group in Group:
        yield f"### {GROUP_WORDS[group].in_(language)}\n"
        yield _COLUMNS.in_(language)
        yield "|---|---|---|---|---|---|"
        verbs = [verb for verb in VERBS if verb.group is group]
        yield from (_row(verb, language) for verb in verbs)
        yield "\n```text"
        yield from (line for verb in verbs for line in _written(verb, language))
        yield "```\n"
    yield say("## 字段\n", "## Fields\n")
    yield say("| 字段 | 又名 |", "| field | also |")
    yield "|---|---|"
    yield from (f"| `{name}=` | {' '.join(f'`{other}=`' for other in more)} |" for name, more in FIELDS.items())
    yield ""


def _row(verb: Verb, language: str) -> str:
    also = " ".join(f"`{name}`" for name in verb.more)
    names = f"`{verb.short}` | `{verb.long}` | {verb.zh} | `{verb.pinyin}` | {also}"
    return f"| {names} | {verb.does.in_(language)} |"


def _written(verb: Verb, language: str) -> Iterator[str]:
    yield usage(verb, language)
    yield from (f"    {example}" for example in verb.examples)


if __name__ == "__main__":
    sys.stdout.write(manual(*sys.argv[1:2]))
