"""The command ``zz110``: its own options, and what happens without a command: the desk opens.

Nothing heavy is imported before a command needs it: ``zz110 --help`` takes a quarter of a second at most, and a desk
does not wait for the other commands to be read and built (``cli.whole``).
"""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from typer.main import get_command

from zz110_tui.cli import output
from zz110_tui.cli.diagnostics import guarded
from zz110_tui.cli.exits import TROUBLE, table
from zz110_tui.cli.invocation import Invocation, hoist, only_options

app = typer.Typer(
    name="zz110",
    help="The dispatch room of a city police 110 centre in one terminal window.\n\nWithout a command the desk opens.",
    epilog="\b\nExit codes:\n" + table("en") + "\n\n\b\n中文帮助: zz110 --lang zh --help",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120},
)


class Language(StrEnum):
    ZH = "zh"
    EN = "en"


class DeskDuty(StrEnum):
    TAKE = "take"
    DISPATCH = "dispatch"
    SUPERVISE = "supervise"
    TRAIN = "train"
    AUDIT = "audit"
    ADMIN = "admin"


@app.callback(invoke_without_command=True)
def zz110(
    ctx: typer.Context,
    store: Annotated[
        Path | None,
        typer.Option("--store", metavar="PATH", help="The store to work on [env: ZZ110_STORE]."),
    ] = None,
    config_dir: Annotated[
        Path | None,
        typer.Option(
            "--config-dir",
            metavar="DIR",
            help="Where settings are looked for first [env: ZZ110_CONFIG_DIR].",
        ),
    ] = None,
    city: Annotated[str, typer.Option("--city", metavar="PACK", help="City pack, by name or path.")] = "",
    lang: Annotated[Language | None, typer.Option("--lang", help="Language of screen and answers.")] = None,
    desk: Annotated[str, typer.Option("--desk", metavar="ID", help="The desk that acts.")] = "",
    person: Annotated[str, typer.Option("--person", metavar="NAME", help="Who acts.")] = "",
    duty: Annotated[DeskDuty | None, typer.Option("--duty", help="What the desk does.")] = None,
    drill: Annotated[bool, typer.Option("--drill", help="Work on a drill store, never on a live one.")] = False,
    low_bandwidth: Annotated[
        bool, typer.Option("--low-bandwidth", help="Gather what is drawn, for a thin line.")
    ] = False,
    core: Annotated[
        str,
        typer.Option("--core", metavar="HOST:PORT", help="Join a core on another machine [env: ZZ110_CORE]."),
    ] = "",
    ca: Annotated[
        Path | None,
        typer.Option("--ca", metavar="FILE", help="Who vouches for it (PEM) [env: ZZ110_CA]."),
    ] = None,
    account: Annotated[
        str, typer.Option("--account", metavar="NAME", help="The account there; usually the login name.")
    ] = "",
    password_file: Annotated[
        Path | None,
        typer.Option("--password-file", metavar="FILE", help="Its password; else it is asked for."),
    ] = None,
    archive_folder: Annotated[
        list[Path] | None,
        typer.Option(
            "--archive-folder",
            metavar="DIR",
            help="Where archived years are now; several times [config: archive.folders].",
        ),
    ] = None,
) -> None:
    ctx.obj = Invocation(
        store=store,
        config_dir=config_dir,
        city=city,
        language=lang.value if lang else "",
        desk=desk,
        person=person,
        duty=duty.value if duty else "",
        drill=drill,
        low_bandwidth=low_bandwidth,
        core=core,
        ca=ca,
        account=account,
        password_file=password_file,
        archive_folders=tuple(archive_folder or ()),
    )
    if ctx.invoked_subcommand is None:
        from zz110_tui.cli.desk import open_desk

        raise typer.Exit(open_desk(ctx.obj))


def run() -> None:
    """The entry of the ``zz110`` command: never returns."""
    _give_streams()
    output.prepare(sys.stdout)
    args = hoist(sys.argv[1:])
    sys.exit(guarded(lambda: _obey(args)))


def _obey(args: list[str]) -> None:
    if not only_options(args):
        import zz110_tui.cli.whole  # noqa: F401 (it adds every command to the app)
    command = get_command(app)
    if not only_options(args):
        from zz110_tui.cli.helpwords import asks_for_help, dress, letter, tongue

        if asks_for_help(command, args):
            letter(command)
            if tongue(args) == "zh":
                dress(command)
    try:
        raise SystemExit(command(args, prog_name="zz110", standalone_mode=False))
    except typer.Abort:
        raise SystemExit(TROUBLE) from None
    except Exception as fault:
        from zz110_tui.cli.helpwords import tongue
        from zz110_tui.cli.mistakes import UsageError, say_mistake

        if isinstance(fault, UsageError):
            raise SystemExit(say_mistake(fault, tongue(args))) from None
        raise


def _give_streams() -> None:
    """A stream that was closed (``>&-``) is a place where everything goes and nothing comes from, not an error.

    It also keeps its number from a store, into which the next word of talk would then be written.
    """
    for name, flags, mode in (("stdin", os.O_RDONLY, "r"), ("stdout", os.O_WRONLY, "w"), ("stderr", os.O_WRONLY, "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, flags), mode, encoding="utf-8"))
