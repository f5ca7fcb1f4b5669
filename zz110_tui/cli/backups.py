"""``zz110 backup``: copies of a store that were tried, made while a core works on it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zz110_tui.cli.invocation import of

Json = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
Folder = Annotated[
    Path | None,
    typer.Option("--folder", metavar="DIR", help="Where the backups are [config: backup.folder]."),
]
Key = Annotated[
    Path | None,
    typer.Option("--key", metavar="FILE", help="Key of encrypted ones [config: backup.key]."),
]
File = Annotated[Path | None, typer.Argument(metavar="[FILE]", help="Usually the newest of this store.")]

app = typer.Typer(help="Backups that were tested.", no_args_is_help=True)


@app.command()
def make(
    ctx: typer.Context,
    folder: Folder = None,
    key: Key = None,
    keep: Annotated[
        int | None,
        typer.Option("--keep", min=1, metavar="N", help="Keep the N newest [config: backup.keep]."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Back the store up, also while a core works on it; the oldest ones beyond --keep are removed.

    The room is not held up. The file is there whole or not at all; a store whose chain is broken is not backed up, and
    pushes no good backup out. With a key it is encrypted (zz110 backup keygen), and the list of users goes along;
    archives are named with their SHA-256.
    """
    from zz110_tui.cli.backupwork import make_one

    make_one(of(ctx), folder, key, keep, as_json)


@app.command("list")
def list_(ctx: typer.Context, folder: Folder = None, as_json: Json = False) -> None:
    """List the backups of a folder, oldest first: of which store, up to where, made when, with users or not."""
    from zz110_tui.cli.backupwork import list_all

    list_all(of(ctx), folder, as_json)


@app.command("test")
def try_(
    ctx: typer.Context,
    file: File = None,
    folder: Folder = None,
    key: Key = None,
    scratch: Annotated[
        Path | None,
        typer.Option("--scratch", metavar="DIR", help="Where there is room for a whole store [TMPDIR]."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Try a backup: restore it aside, verify, replay, compare boards, say how long it takes.

    Nothing in use is touched. Exit code 0: it can be relied on; 1: it can not; 65: it cannot even be restored.
    """
    from zz110_tui.cli.backupwork import test_one

    raise typer.Exit(test_one(of(ctx), file, folder, key, scratch, as_json))


@app.command()
def restore(
    ctx: typer.Context,
    file: File = None,
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="PATH", help="The new store; usually the one --store names."),
    ] = None,
    folder: Folder = None,
    key: Key = None,
    as_json: Json = False,
) -> None:
    """Make a store again from a backup, in a place where there is none: nothing is ever overwritten.

    The list of users in it goes to STORE.users, or beside one that is there. Archives are looked for where they were
    and in --archive-folder, and the restored store knows them there; those out of reach are named.

    \b
    zz110 backup restore --to /var/lib/zz110/restored.zz110
    zz110 --store /var/lib/zz110/restored.zz110 journal verify --heads heads.jsonl --key heads.key.pub
    """
    from zz110_tui.cli.backupwork import restore_one

    restore_one(of(ctx), file, to, folder, key, as_json)


@app.command()
def keygen(
    ctx: typer.Context,
    out: Annotated[Path, typer.Argument(metavar="FILE", help="The new key file.")],
    as_json: Json = False,
) -> None:
    """Make a key that backups are encrypted with. Keep a copy away from the backups."""
    from zz110_tui.cli.backupwork import make_key

    make_key(of(ctx), out, as_json)
