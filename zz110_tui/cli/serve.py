"""``zz110 serve``: one core for many desks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zz110_tui.cli.invocation import of


def serve(
    ctx: typer.Context,
    socket: Annotated[
        Path | None,
        typer.Option("--socket", metavar="PATH", help="The Unix socket; usually beside the store, PATH.sock."),
    ] = None,
    group: Annotated[
        str,
        typer.Option("--group", metavar="NAME", help="Let this group use the socket (mode 0660)."),
    ] = "",
    tls: Annotated[
        str,
        typer.Option("--tls", metavar="HOST:PORT", help="Listen for other machines as well."),
    ] = "",
    tls_cert: Annotated[
        Path | None, typer.Option("--tls-cert", metavar="FILE", help="Certificate chain (PEM).")
    ] = None,
    tls_key: Annotated[Path | None, typer.Option("--tls-key", metavar="FILE", help="Its key (PEM).")] = None,
    origin: Annotated[
        list[str] | None,
        typer.Option("--origin", metavar="URL", help="A web page that may connect; several times."),
    ] = None,
    desks: Annotated[int, typer.Option("--desks", min=1, help="Most links at once.")] = 250,
    per_person: Annotated[int, typer.Option("--per-person", min=1, help="Most links of one account.")] = 64,
    metrics: Annotated[
        str,
        typer.Option("--metrics", metavar="HOST:PORT", help="Health and Prometheus metrics, on this machine only."),
    ] = "",
    realtime: Annotated[
        int,
        typer.Option("--realtime", min=0, max=99, metavar="N", help="Real-time priority of the thread that writes."),
    ] = 0,
) -> None:
    """Serve one core to many desks until Ctrl-C or SIGTERM.

    \b
    zz110 serve
    zz110 serve --group zz110
    zz110 serve --tls 0.0.0.0:11443 --tls-cert room.pem --tls-key room.key

    Desks find it by themselves: zz110 and zz110 do with the same store join it. Who a desk is, the account at the other
    end of the socket says; accounts other than the core's own have to be on the list (zz110 user add).
    """
    from zz110_tui.cli.servework import Wanted, serve_core

    wanted = Wanted(socket, group, tls, tls_cert, tls_key, tuple(origin or ()), desks, per_person, metrics, realtime)
    raise typer.Exit(serve_core(of(ctx), wanted))
