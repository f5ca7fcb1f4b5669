"""docs/zz110-language.7 and its Chinese twin, made from the verb table.

``python -m zz110_tui.language.manpage`` writes the English page to stdout, with ``zh`` the Chinese one;
``man -l docs/zz110-language.7`` shows it on a machine without a browser.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from zz110_tui.core.rulebook import Words
from zz110_tui.language.helping import GRAMMAR, PLACES
from zz110_tui.language.usage import GROUP_WORDS, usage
from zz110_tui.language.verb import FIELDS, Group, Verb
from zz110_tui.language.verbs import VERBS

_HEADS = {
    "title": Words("席位指令", "The language of the desk"),
    "name": Words("名称", "NAME"),
    "said": Words("席位上所打的指令", "what a dispatcher types"),
    "synopsis": Words("写法", "SYNOPSIS"),
    "places": Words("地点", "PLACES"),
    "fields": Words("字段", "FIELDS"),
    "also": Words("另见", "SEE ALSO"),
    "pages": Words(
        r"zz110 \-\-help, docs/language.zh\-CN.md, docs/desk.zh\-CN.md",
        r"zz110 \-\-help, docs/language.md, docs/desk.md",
    ),
}


def manpage(language: str = "en") -> str:
    """The whole page as roff."""
    return "\n".join(_lines(language)) + "\n"


def _lines(language: str) -> Iterator[str]:
    head = {name: words.in_(language) for name, words in _HEADS.items()}
    yield r".\" Made from the verb table by python -m zz110_tui.language.manpage; a test keeps it current."
    yield f'.TH ZZ110-LANGUAGE 7 "" "zz110" "{head["title"]}"'
    yield f".SH {head['name']}"
    yield rf"zz110-language \- {head['said']}"
    yield f".SH {head['synopsis']}"
    yield _plain(GRAMMAR.in_(language))
    for group in Group:
        yield f'.SH "{_plain(GROUP_WORDS[group].in_(language).upper())}"'
        for verb in VERBS:
            if verb.group is group:
                yield from _verb(verb, language)
    yield f".SH {head['places']}"
    for place in PLACES:
        yield _plain(place.in_(language))
        yield ".br"
    yield f".SH {head['fields']}"
    for name, more in FIELDS.items():
        yield ".TP"
        yield f".B {name}="
        yield _plain(" ".join(f"{other}=" for other in more))
    yield f".SH {head['also']}"
    yield head["pages"]


def _verb(verb: Verb, language: str) -> Iterator[str]:
    yield ".TP"
    yield f".B {_plain(', '.join(verb.names))}"
    yield _plain(verb.does.in_(language) + ("。" if language == "zh" else "."))
    yield ".br"
    yield _plain(usage(verb, language))
    for example in verb.examples:
        yield ".br"
        yield rf"\fI{_plain(example)}\fR"


def _plain(text: str) -> str:
    """Text that roff shows as it stands: no command, no escape, a minus that stays one."""
    safe = text.replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{safe}" if safe[:1] in (".", "'") else safe


if __name__ == "__main__":
    sys.stdout.write(manpage(*sys.argv[1:2]))
