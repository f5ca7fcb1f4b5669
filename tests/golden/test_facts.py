"""What was once written stays readable: one file for every version of every fact and command that ever was."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from tests.golden.samples import COMMANDS, FACTS, LIFTED, entry_of
from tests.golden.write_facts import HERE, wanted
from zz110_tui.core.commands import Command
from zz110_tui.wire import names
from zz110_tui.wire.codec import decode_command, decode_entry, encode_command, encode_entry

FACT_FILES = sorted((HERE / "facts").glob("*.json"))
COMMAND_FILES = sorted((HERE / "commands").glob("*.json"))

FACTS_BY_FILE = {f"{n.text}.v{n.version}": fact for fact in FACTS for n in [names.FACTS.of[type(fact)]]}
COMMANDS_BY_FILE = {f"{n.text}.v{n.version}": each for each in COMMANDS for n in [names.COMMANDS.of[type(each)]]}


def _payload(path: Path) -> bytes:
    return path.read_bytes().removesuffix(b"\n")


def test_every_fact_and_command_has_its_golden_file() -> None:
    missing = [path.name for path, _ in wanted() if not path.exists()]

    assert not missing, "run python -m tests.golden.write_facts and commit the new files"


@pytest.mark.parametrize("path", FACT_FILES, ids=lambda path: path.stem)
def test_a_stored_fact_means_what_it_meant(path: Path) -> None:
    meant = FACTS_BY_FILE.get(path.stem) or LIFTED[path.stem]

    assert decode_entry(_payload(path)) == entry_of(meant)


@pytest.mark.parametrize("path", FACT_FILES, ids=lambda path: path.stem)
def test_a_fact_of_today_is_stored_in_the_same_bytes(path: Path) -> None:
    fact = FACTS_BY_FILE.get(path.stem)
    if fact is not None:
        assert encode_entry(entry_of(fact)) == _payload(path)
    else:
        assert path.stem in LIFTED


@pytest.mark.parametrize("path", COMMAND_FILES, ids=lambda path: path.stem)
def test_a_command_that_was_once_sent_is_still_understood(path: Path) -> None:
    """It may have gained a field with a usual value since: what the file has must mean what it meant."""
    meant = COMMANDS_BY_FILE[path.stem]
    understood = decode_command(_payload(path))

    assert type(understood) is type(meant)
    for field in json.loads(_payload(path))["d"]:
        assert getattr(understood, field) == getattr(meant, field)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: type(command).__name__)
def test_a_command_arrives_as_it_was_sent(command: Command) -> None:
    assert decode_command(encode_command(command)) == command


@pytest.mark.parametrize("sample", [*FACTS, *COMMANDS], ids=lambda sample: type(sample).__name__)
def test_a_sample_leaves_no_field_at_its_default(sample: Any) -> None:
    """Otherwise its golden file would not notice a field that is forgotten on the way."""
    for field in dataclasses.fields(sample):
        if field.default is not dataclasses.MISSING:
            assert getattr(sample, field.name) != field.default, field.name
