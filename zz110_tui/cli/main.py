"""The command ``zz110``: what can be said on a command line, and what happens without one.

Nothing heavy is imported before a command needs it: ``zz110 --help`` takes a quarter of a second at most.
"""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from zz110_tui.cli import (
    backups,
    bulletin,
    calls,
    cities,
    configs,
    do,
    drills,
    figures,
    health,
    histories,
    journals,
    labs,
    matters,
    outbox,
    output,
    security,
    serve,
    slips,
    tours,
    users,
    wall,
    watch,
)
from zz110_tui.cli.diagnostics import guarded
from zz110_tui.cli.doctor import doctor
from zz110_tui.cli.exits import table
from zz110_tui.cli.invocation import Invocation, hoist

app = typer.Typer(
    name="zz110",
    help="The dispatch room of a city police 110 centre in one terminal window.\n\n"
    "城市公安 110 指挥室：一个终端窗口。\n\n"
    "Without a command the desk opens. 不带命令即打开席位。",
    epilog="\b\nExit codes 退出码:\n" + table(),
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
        typer.Option("--store", metavar="PATH", help="The store to work on [env: ZZ110_STORE]. 案卷库。"),
    ] = None,
    config_dir: Annotated[
        Path | None,
        typer.Option(
            "--config-dir",
            metavar="DIR",
            help="Where settings are looked for first [env: ZZ110_CONFIG_DIR]. 配置目录。",
        ),
    ] = None,
    city: Annotated[str, typer.Option("--city", metavar="PACK", help="City pack, by name or path. 城市包。")] = "",
    lang: Annotated[Language | None, typer.Option("--lang", help="Language of screen and answers. 语言。")] = None,
    desk: Annotated[str, typer.Option("--desk", metavar="ID", help="The desk that acts. 席位号。")] = "",
    person: Annotated[str, typer.Option("--person", metavar="NAME", help="Who acts. 在席人员。")] = "",
    duty: Annotated[DeskDuty | None, typer.Option("--duty", help="What the desk does. 席位职责。")] = None,
    drill: Annotated[
        bool, typer.Option("--drill", help="Work on a drill store, never on a live one. 演练，不动实战库。")
    ] = False,
    low_bandwidth: Annotated[
        bool, typer.Option("--low-bandwidth", help="Gather what is drawn, for a thin line. 窄带：合并更新。")
    ] = False,
    core: Annotated[
        str,
        typer.Option(
            "--core", metavar="HOST:PORT", help="Join a core on another machine [env: ZZ110_CORE]. 加入别处的核心。"
        ),
    ] = "",
    ca: Annotated[
        Path | None,
        typer.Option("--ca", metavar="FILE", help="Who vouches for it (PEM) [env: ZZ110_CA]. 信任的 CA 证书。"),
    ] = None,
    account: Annotated[
        str, typer.Option("--account", metavar="NAME", help="The account there; usually the login name. 账号。")
    ] = "",
    password_file: Annotated[
        Path | None,
        typer.Option("--password-file", metavar="FILE", help="Its password; else it is asked for. 密码文件。"),
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
    )
    if ctx.invoked_subcommand is None:
        from zz110_tui.cli.desk import open_desk

        raise typer.Exit(open_desk(ctx.obj))


app.command("do", short_help="Do lines of the desk's language. 执行指令。")(do.do)
app.command("watch", short_help="The room as lines. 逐行显示。")(watch.watch)
app.command("serve", short_help="One core for many desks. 为多个席位服务。")(serve.serve)
app.command("wall", short_help="The room on a large screen. 大屏。")(wall.wall)
app.command("tour", short_help="Be shown around in ten minutes. 导览。")(tours.tour)
app.command("health", short_help="Is the core well? 核心是否健康。")(health.health)
app.command("figures", short_help="Counts, times and rates of any period. 统计。")(figures.figures)
app.command("bulletin", short_help="Orders, warnings, leads of any period. 周报。")(bulletin.bulletin)
app.command("doctor", short_help="What is wrong here, and how to mend it. 体检。")(doctor)
_GROUPS = (
    (slips.incident, "incident", "The slips. 警情。"),
    (slips.report, "report", "Every contact with a caller. 接警。"),
    (slips.unit, "unit", "Who can be sent, and what each does now. 警力。"),
    (slips.alarm, "alarm", "What is late, and who owns it. 警报。"),
    (matters.message, "message", "Words that somebody has to have read. 消息。"),
    (matters.order, "order", "Tasks that are not calls. 指令。"),
    (matters.warning, "warning", "Graded notices to be checked on the spot. 预警。"),
    (matters.support, "support", "Stations that ask for help. 支撑请求。"),
    (matters.bolo, "bolo", "Watch notices. 布控。"),
    (matters.ledger, "ledger", "Disputes and hazards followed to their end. 台账。"),
    (matters.roster, "roster", "Squads, turns, who is on. 勤务。"),
    (journals.app, "journal", "What happened, provably unaltered. 日志。"),
    (backups.app, "backup", "Backups that were tested. 备份。"),
    (histories.app, "history", "What search and figures are read from. 历史。"),
    (cities.app, "city", "City packs: where things are. 城市包。"),
    (calls.app, "calls", "Call records of other systems. 警情记录。"),
    (drills.app, "drill", "A month without anybody waiting. 演练。"),
    (labs.app, "lab", "What a rule would change, before anybody works by it. 试验。"),
    (security.app, "security", "Who came in, who was refused. 安全记录。"),
    (users.app, "user", "Who may come in at a serving core. 用户。"),
    (outbox.app, "outbox", "Lines that could not be sent. 待发箱。"),
    (configs.app, "config", "What is set, and where it came from. 设置。"),
)
for _group, _name, _short in _GROUPS:
    app.add_typer(_group, name=_name, short_help=_short)


@app.command(short_help="Say which zz110 this is. 版本。")
def version() -> None:
    """Say which zz110 this is. 版本。"""
    from importlib.metadata import version as version_of

    output.text(f"zz110 {version_of('zz110-tui')}")


def run() -> None:
    """The entry of the ``zz110`` command: never returns."""
    _give_streams()
    output.prepare(sys.stdout)
    args = hoist(sys.argv[1:])
    sys.exit(guarded(lambda: app(args, prog_name="zz110")))


def _give_streams() -> None:
    """A stream that was closed (``>&-``) is a place where everything goes and nothing comes from, not an error.

    It also keeps its number from a store, into which the next word of talk would then be written.
    """
    for name, flags, mode in (("stdin", os.O_RDONLY, "r"), ("stdout", os.O_WRONLY, "w"), ("stderr", os.O_WRONLY, "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, flags), mode, encoding="utf-8"))
