"""docs/zz110-language.7, made from the verb table: ``python -m zz110_tui.language.manpage`` writes it to stdout.

``man -l docs/zz110-language.7`` shows it on a machine without a browser.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from zz110_tui.language.helping import GRAMMAR, PLACES
from zz110_tui.language.usage import GROUP_WORDS, usage
from zz110_tui.language.verb import FIELDS, Group, Verb
from zz110_tui.language.verbs import VERBS


def manpage() -> str:
    """The whole page as roff."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield r".\" Made from the verb table by python -m zz110_tui.language.manpage; a test keeps it current."
    yield '.TH ZZ110-LANGUAGE 7 "" "zz110" "The language of the desk"'
    yield ".SH NAME"
    yield r"zz110-language \- what a dispatcher types: 席位指令语言"
    yield ".SH SYNOPSIS"
    for grammar in (GRAMMAR.en, GRAMMAR.zh):
        yield _plain(grammar)
        yield ".br"
    for group in Group:
        yield f'.SH "{_plain(GROUP_WORDS[group].en.upper())} {GROUP_WORDS[group].zh}"'
        for verb in VERBS:
            if verb.group is group:
                yield from _verb(verb)
    yield '.SH "PLACES 地点"'
    for place in PLACES:
        yield _plain(place.en)
        yield ".br"
    yield '.SH "FIELDS 字段"'
    for name, more in FIELDS.items():
        yield ".TP"
        yield f".B {name}="
        yield _plain(" ".join(f"{other}=" for other in more))
    yield ".SH SEE ALSO"
    yield r"zz110 \-\-help, docs/language.md, docs/desk.md"


def _verb(verb: Verb) -> Iterator[str]:
    yield ".TP"
    yield f".B {_plain(', '.join(verb.names))}"
    yield _plain(f"{verb.does.en}. {verb.does.zh}。")
    yield ".br"
    yield _plain(usage(verb, "en"))
    for example in verb.examples:
        yield ".br"
        yield rf"\fI{_plain(example)}\fR"


def _plain(text: str) -> str:
    """Text that roff shows as it stands: no command, no escape, a minus that stays one."""
    safe = text.replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{safe}" if safe[:1] in (".", "'") else safe


if __name__ == "__main__":
    sys.stdout.write(manpage())
