"""docs/language.md, made from the verb table. ``python -m zz110_tui.language.manual`` writes it to standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from zz110_tui.language.helping import GRAMMAR
from zz110_tui.language.usage import GROUP_WORDS, usage
from zz110_tui.language.verb import FIELDS, Group, Verb
from zz110_tui.language.verbs import VERBS

_HEAD = """# The language of the desk

<!-- Made from the verb table by `python -m zz110_tui.language.manual`; a test keeps it current. -->

One vocabulary does everything: a key, a menu entry, the command line, `zz110 do "…"`, a script and a drill inject are
the same line, read by the same grammar.

    {grammar}

- **Order** of unit and incident does not matter where their shapes tell them apart; where a number could be either,
  the unit comes first. Named fields always work. What stays ambiguous is listed, never guessed.
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


def manual() -> str:
    """The whole page."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield _HEAD.format(grammar=GRAMMAR.en)
    yield "## Verbs\n"
    for group in Group:
        words = GROUP_WORDS[group]
        yield f"### {words.en} {words.zh}\n"
        yield "| short | long | 中文 | pinyin | also | what it does |"
        yield "|---|---|---|---|---|---|"
        verbs = [verb for verb in VERBS if verb.group is group]
        yield from (_row(verb) for verb in verbs)
        yield "\n```text"
        yield from (line for verb in verbs for line in _written(verb))
        yield "```\n"
    yield "## Fields\n"
    yield "| field | also |"
    yield "|---|---|"
    yield from (f"| `{name}=` | {' '.join(f'`{other}=`' for other in more)} |" for name, more in FIELDS.items())
    yield ""


def _row(verb: Verb) -> str:
    also = " ".join(f"`{name}`" for name in verb.more)
    names = f"`{verb.short}` | `{verb.long}` | {verb.zh} | `{verb.pinyin}` | {also}"
    return f"| {names} | {verb.does.en}<br>{verb.does.zh} |"


def _written(verb: Verb) -> Iterator[str]:
    yield usage(verb, "en")
    yield usage(verb, "zh")
    yield from (f"    {example}" for example in verb.examples)


if __name__ == "__main__":
    sys.stdout.write(manual())
