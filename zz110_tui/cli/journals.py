"""``zz110 journal``: what happened, entry by entry, and whether it is still what was written."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zz110_tui.cli.invocation import of

Json = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]

app = typer.Typer(help="The journal: what happened, provably unaltered.", no_args_is_help=True)


@app.command()
def verify(
    ctx: typer.Context,
    pin: Annotated[
        list[str] | None,
        typer.Option("--pin", metavar="POSITION:HASH", help="A head that was kept elsewhere; several times."),
    ] = None,
    heads: Annotated[
        Path | None,
        typer.Option("--heads", metavar="FILE", help="Signed heads that were kept elsewhere."),
    ] = None,
    key: Annotated[
        list[Path] | None,
        typer.Option("--key", metavar="PUB", help="Public key they are signed with; several times."),
    ] = None,
    archive: Annotated[
        list[Path] | None,
        typer.Option("--archive", metavar="FILE", help="Where older entries went; usually known."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Check every record against the hash chain: intact with its head, or exactly where it is not.

    \b
    zz110 journal verify
    zz110 journal verify --heads /mnt/other/heads.jsonl --key heads.key.pub

    The chain alone finds what was changed, removed, inserted or swapped. A cut tail, and a past that was computed anew,
    are found by heads that were kept where whoever writes the store cannot write; with signed heads the security record
    (zz110 security) is checked as well. Archived years are checked in their archives: --archive-folder says where they
    are now.

    Exit code 0: intact; 1: the journal or the record is not, or there is no journal to be read; 65: the file of heads
    cannot be used.
    """
    from zz110_tui.cli.verifying import verify_journal

    raise typer.Exit(verify_journal(of(ctx), pin or [], heads, key or [], archive or [], as_json))


@app.command()
def head(
    ctx: typer.Context,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Add it to this file [config: heads.file]."),
    ] = None,
    key: Annotated[
        Path | None,
        typer.Option("--key", metavar="FILE", help="Private key to sign with [config: heads.key]."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Say the journal's head, signed where there is a key, and add it to the file of heads.

    A head is of the journal and of the security record. A running core does the same by itself every heads.every
    seconds. Without a key the head is the journal's, for --pin.
    """
    from zz110_tui.cli.headwork import show_head

    show_head(of(ctx), out, key, as_json)


@app.command()
def archive(
    ctx: typer.Context,
    before: Annotated[
        int, typer.Option("--before", metavar="YEAR", min=1970, max=9999, help="Everything before this year.")
    ],
    to: Annotated[Path, typer.Option("--to", metavar="FILE", help="The archive: a new file.")],
    as_json: Json = False,
) -> None:
    """Move old years to an archive that still verifies; the store goes on after them.

    No core may run on the store meanwhile. The archive is read-only; name it with --store to read it. Killed half-way
    nothing is lost, and the same command goes on. Search, lists and figures stay as they were.
    """
    from zz110_tui.cli.archivework import archive_years

    archive_years(of(ctx), before, to, as_json)


@app.command()
def keygen(
    ctx: typer.Context,
    out: Annotated[Path, typer.Argument(metavar="FILE", help="The private key; the public one is FILE.pub.")],
    as_json: Json = False,
) -> None:
    """Make a pair of keys for signed heads (Ed25519).

    The private key is readable by its owner only (0600) and belongs to the core's account; give FILE.pub to whoever
    checks. Neither file may be there yet.
    """
    from zz110_tui.cli.headwork import make_keys

    make_keys(of(ctx), out, as_json)


@app.command()
def tail(
    ctx: typer.Context,
    count: Annotated[int, typer.Option("-n", "--lines", min=0, help="How many entries.")] = 10,
    follow: Annotated[bool, typer.Option("-f", "--follow", help="Go on with what happens, until Ctrl-C.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines, one entry each.")] = False,
) -> None:
    """Show the last entries in words; callers' names and numbers are masked."""
    from zz110_tui.cli.journalwork import tail_journal

    tail_journal(of(ctx), count, follow, as_json)


@app.command()
def export(
    ctx: typer.Context,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="A new file instead of stdout.")] = None,
    after: Annotated[int, typer.Option("--after", min=0, help="Only entries after this position.")] = 0,
) -> None:
    """Write the entries as JSON lines, callers' names and numbers masked.

    The layout is that of docs/journal.md. For reading: a backup is made by zz110 backup make.
    """
    from zz110_tui.cli.journalwork import export_journal

    export_journal(of(ctx), out, after)
