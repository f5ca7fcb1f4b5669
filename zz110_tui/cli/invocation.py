"""What was said before any command began: the options of ``zz110`` itself, the same for every command."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

VALUED = (
    "--store",
    "--config-dir",
    "--city",
    "--lang",
    "--desk",
    "--person",
    "--duty",
    "--core",
    "--ca",
    "--account",
    "--password-file",
    "--archive-folder",
)
FLAGS = ("--drill", "--low-bandwidth")
"""Options of ``zz110`` itself. They may stand anywhere on the command line, before or after the command."""


@dataclass(frozen=True, slots=True)
class Invocation:
    """None and "" mean "not said": then the settings decide."""

    store: Path | None = None
    config_dir: Path | None = None
    city: str = ""
    language: str = ""
    desk: str = ""
    person: str = ""
    duty: str = ""
    drill: bool = False
    low_bandwidth: bool = False
    core: str = ""
    ca: Path | None = None
    account: str = ""
    password_file: Path | None = None
    archive_folders: tuple[Path, ...] = ()


def of(ctx: typer.Context) -> Invocation:
    """The invocation a command runs under."""
    found = ctx.find_object(Invocation)
    return found if found is not None else Invocation()


def hoist(args: Sequence[str]) -> list[str]:
    """The same arguments with the options of ``zz110`` itself moved to the front, in their order.

    What stands after ``--`` stays where it is: a desk line may contain anything.
    """
    front, rest = _parted(args)
    return front + rest


def only_options(args: Sequence[str]) -> bool:
    """Whether no command is named, nor anything else beside the options of ``zz110`` itself: the desk is meant."""
    return not _parted(args)[1]


def _parted(args: Sequence[str]) -> tuple[list[str], list[str]]:
    front: list[str] = []
    rest: list[str] = []
    waiting = iter(args)
    for arg in waiting:
        name, equals, _ = arg.partition("=")
        if arg == "--":
            rest += [arg, *waiting]
        elif arg in FLAGS or (equals and name in VALUED):
            front.append(arg)
        elif arg in VALUED:
            front.append(arg)
            value = next(waiting, None)
            if value is not None:
                front.append(value)
        else:
            rest.append(arg)
    return front, rest
