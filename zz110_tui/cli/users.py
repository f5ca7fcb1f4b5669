"""``zz110 user``: who may come in at a serving core."""

from __future__ import annotations

from typing import Annotated

import typer

from zz110_tui.cli.invocation import of

Account = Annotated[str, typer.Argument(metavar="ACCOUNT", help="The login name.")]
May = Annotated[
    str,
    typer.Option(
        "--may", metavar="DUTIES", help="Duties, with commas: take,dispatch,supervise,train,audit,admin,unit,gateway."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]

app = typer.Typer(help="Users: who may come in at a serving core.", no_args_is_help=True)


@app.command()
def add(
    ctx: typer.Context,
    account: Account,
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="As the record calls him.")],
    may: May = "dispatch",
    no_password: Annotated[
        bool, typer.Option("--no-password", help="Only by the Unix socket of this machine, never over TLS.")
    ] = False,
    totp: Annotated[bool, typer.Option("--totp", help="A one-time code from a phone as well.")] = False,
) -> None:
    """Put somebody on the list.

    The password is asked for, or read from the first line of standard input. With --totp the key for the phone is
    printed once, as an otpauth:// address. A unit's name is its call sign: it reports for itself alone.
    """
    from zz110_tui.cli.userswork import add_user

    add_user(of(ctx), account, name, may, password=not no_password, totp=totp)


@app.command("list")
def list_all(ctx: typer.Context, as_json: Json = False) -> None:
    """List everybody with his duties."""
    from zz110_tui.cli.userswork import list_users

    list_users(of(ctx), as_json)


@app.command()
def passwd(ctx: typer.Context, account: Account) -> None:
    """Change a password; desks that came in with the old one have to log in again."""
    from zz110_tui.cli.userswork import change_password

    change_password(of(ctx), account)


@app.command()
def duties(ctx: typer.Context, account: Account, may: May) -> None:
    """Change what somebody may be."""
    from zz110_tui.cli.userswork import change_duties

    change_duties(of(ctx), account, may)


@app.command()
def totp(
    ctx: typer.Context,
    account: Account,
    off: Annotated[bool, typer.Option("--off", help="Ask for no code any more.")] = False,
) -> None:
    """Give somebody a new key for one-time codes, or none."""
    from zz110_tui.cli.userswork import change_totp

    change_totp(of(ctx), account, off)


@app.command()
def disable(ctx: typer.Context, account: Account) -> None:
    """Let somebody in no more; a desk that is in is put out within seconds."""
    from zz110_tui.cli.userswork import set_disabled

    set_disabled(of(ctx), account, True)


@app.command()
def enable(ctx: typer.Context, account: Account) -> None:
    """Let somebody in again."""
    from zz110_tui.cli.userswork import set_disabled

    set_disabled(of(ctx), account, False)


@app.command()
def tries(
    ctx: typer.Context,
    count: Annotated[int, typer.Option("-n", "--lines", min=1, help="How many.")] = 20,
    as_json: Json = False,
) -> None:
    """Show the last attempts to log in with a password, wrong ones too."""
    from zz110_tui.cli.userswork import show_tries

    show_tries(of(ctx), count, as_json)
