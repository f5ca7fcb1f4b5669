"""``zz110 do``: the desk's own language, one line or a stream of them, each answered as it is done."""

from __future__ import annotations

from typing import Annotated

import typer

from zz110_tui.cli.invocation import of


def do(
    ctx: typer.Context,
    line: Annotated[
        str, typer.Argument(metavar="LINE", help="A line of the desk's language, or - for standard input.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON (one line per line with -).")] = False,
    stop_on_error: Annotated[
        bool, typer.Option("--stop-on-error", help="With -: end at the first line that is not accepted.")
    ] = False,
    command_id: Annotated[
        str, typer.Option("--id", metavar="ID", help="The command's own id: sent twice, it is done once.")
    ] = "",
    outbox: Annotated[
        bool, typer.Option("--outbox", help="Keep what cannot be sent now in the outbox (zz110 outbox).")
    ] = False,
) -> None:
    """Do one line of the desk's language, or every line of standard input (-).

    \b
    zz110 do "n 打架 @胜利路x延安路 / 两人持刀"
    zz110 do "d 07 ." --json
    zz110 do - --json < lines.txt

    "." is what the last accepted line was about, "^" the newest incident. With - empty lines and lines that begin
    with # are passed over, a refused line does not stop, and the exit code is 0 if all were accepted, else 3.
    A core that cannot be reached is exit code 75, and what was not sent is said; with - the lines after it are not
    read, but with --outbox every line is kept. The verbs: zz110 do "?".
    """
    from zz110_tui.cli.dowork import do_line, do_stream

    if line == "-":
        raise typer.Exit(do_stream(of(ctx), as_json, stop_on_error, outbox))
    raise typer.Exit(do_line(of(ctx), line, as_json, command_id, outbox))
