"""The page that others read a store by says what the program does."""

from __future__ import annotations

import re
from pathlib import Path

from tests.golden.samples import FACTS, entry_of
from zz110_tui.core.facts import UnitAssigned
from zz110_tui.store import schema
from zz110_tui.store.chain import FaultKind
from zz110_tui.store.heads import PREFIX, parse_head
from zz110_tui.wire import codec
from zz110_tui.wire.codec import decode_command, encode_entry

PAGE = (Path(__file__).parents[3] / "docs" / "journal.md").read_text(encoding="utf-8")


def _blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def test_the_entry_is_one_that_is_written() -> None:
    line, _ = _blocks("json")
    (fact,) = (fact for fact in FACTS if isinstance(fact, UnitAssigned))

    assert line.strip().encode() == encode_entry(entry_of(fact))


def test_the_signed_head_is_one_that_is_read() -> None:
    _, line = _blocks("json")
    signed = parse_head(line.strip().encode())

    assert signed is not None
    assert signed.line() == line.strip().encode()
    for version in (1, 2):
        assert (PREFIX % version).rstrip(b"\n").decode() in PAGE


def test_the_command_is_one_that_is_understood() -> None:
    (command,) = re.findall(r'`(\{"do".*\})`', PAGE)

    decode_command(command.encode())


def test_the_tables_are_those_of_a_store() -> None:
    (tables,) = _blocks("sql")

    assert schema.TABLES.strip().startswith(tables.strip())
    assert f"0x{schema.APPLICATION_ID:X}" in PAGE
    assert f"`user_version` {schema.SCHEMA_VERSION}" in PAGE


def test_every_fault_is_explained() -> None:
    explained = set(re.findall(r"^\| ([a-z]+) \|", PAGE, re.MULTILINE))

    assert {kind.value for kind in FaultKind} <= explained


def test_the_limit_is_the_codecs() -> None:
    assert f"at most {codec.MAX_ENTRY_BYTES >> 20} MiB" in PAGE
