"""Figures as one page that needs nothing else: tables, plots, Chinese or English; to be mailed, printed, kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from zz110_tui.cli.documents import clock
from zz110_tui.cli.figureview import columns_of_figures, group_name, span_words
from zz110_tui.cli.plots import bars, safe, share_words, shares
from zz110_tui.cli.surroundings import Surroundings
from zz110_tui.core.figures import Figures, Group
from zz110_tui.core.slips import Slip
from zz110_tui.core.statistics import Bands
from zz110_tui.gis.city import City

STYLE = """
:root{color-scheme:light dark}
body{font:15px/1.5 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;max-width:760px;margin:2em auto;
padding:0 1em}
table{border-collapse:collapse;width:100%;margin:.5em 0 1.5em}
td,th{padding:.15em .6em;text-align:left;vertical-align:top}
tr+tr td{border-top:1px solid #8884}
td.h{white-space:nowrap}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
svg{display:block;max-width:100%;height:auto;margin-bottom:1.5em}
svg text{fill:currentColor;font-size:13px}
svg .s{font-size:11px}
.bar,.dot{fill:#0072b2}
.span{stroke:#0072b2;stroke-width:2}
.axis{stroke:currentColor}
.grid{stroke:#8886;stroke-dasharray:2 3}
h3{margin:1.2em 0 .3em}
.k{color:#777}
@media print{body{margin:0;max-width:none}svg,table{break-inside:avoid}}
"""

MOST_GROUPS = 30
"""Rows of a plot; a table has them all."""

ARRIVAL_MIN = (1, 2, 3, 4, 5, 6, 8, 10, 15)


def figure_page(figures: Figures, slips: Sequence[Slip], around: Surroundings, zone: tzinfo, city: City | None) -> str:
    """The whole page. ``slips`` are those that the figures were computed from."""
    say = around.say
    name = "" if city is None else (city.name_zh if around.language == "zh" else city.name_en)
    title = say(f"{name}110 统计", f"{name} 110: figures")
    span = f"{clock(figures.first_at, zone)} … {clock(figures.last_at, zone)}"
    body = [f"<h1>{safe(title)}</h1><p>{safe(span)}</p>"]
    if not figures.slips and not figures.contacts:
        body = [f"<h1>{safe(title)}</h1><p>{safe(say('这段时间没有警情', 'there were no calls in this time'))}</p>"]
    else:
        body += [_table(columns_of_figures(figures, around)), *_when(figures, slips, around, zone)]
        for by, zh, en in _GROUPS:
            groups = getattr(figures, f"by_{by}")
            if any(group.key for group in groups):
                body += _group(say(zh, en), groups, around, by)
    body.append(f'<p class="k">{safe(say(*_NOTE))}</p>')
    language = "zh-CN" if around.language == "zh" else "en"
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8"><title>{safe(title)}</title>'
        f"<style>{STYLE}</style></head><body>\n" + "\n".join(body) + "\n</body></html>\n"
    )


_GROUPS = (
    ("class", "按性质", "By class"),
    ("type", "按类别", "By type"),
    ("grid", "按网格警区", "By grid"),
    ("unit", "按警力", "By unit"),
    ("channel", "按报警方式", "By channel"),
    ("squad", "按班", "By squad"),
)
_NOTE = (
    "百分比后为威尔逊 95 % 置信区间与 命中/总数；由日志算出，不含报警人资料。",
    "After each percentage its Wilson 95 % interval and hits/total; computed from the journal, without callers' data.",
)


def _when(figures: Figures, slips: Sequence[Slip], around: Surroundings, zone: tzinfo) -> list[str]:
    say = around.say
    hours = [0] * 24
    minutes = [0] * (len(ARRIVAL_MIN) + 1)
    for slip in slips:
        hours[datetime.fromtimestamp(slip.received_at / 1000, zone).hour] += 1
        if slip.arrived_at:
            late = (slip.arrived_at - slip.received_at) / 60_000
            minutes[sum(late > edge for edge in ARRIVAL_MIN)] += 1
    edges = [f"≤{edge}" for edge in ARRIVAL_MIN] + [f">{ARRIVAL_MIN[-1]}"]
    return [
        bars(say("每小时警情（件）", "Slips by hour of the day"), [(f"{n}", count) for n, count in enumerate(hours)]),
        bars(
            say("从接警到到场（分钟，件）", "From received to arrival (minutes, slips)"),
            list(zip(edges, minutes, strict=True)),
        ),
        bars(say("签收（件）", "Signing (units)"), _bands(figures.signing)),
        bars(say("出警（件）", "Turn-out (units)"), _bands(figures.turn_out)),
        bars(say("反馈（件）", "Feedback (slips)"), _bands(figures.feedback)),
    ]


def _bands(bands: Bands) -> list[tuple[str, float]]:
    edges = [f"≤{span_words(edge)}" for edge in bands.edges_s] + [f">{span_words(bands.edges_s[-1])}"]
    return list(zip(edges, bands.counts, strict=True))


def _group(title: str, groups: Sequence[Group], around: Surroundings, by: str) -> list[str]:
    say = around.say
    named = [(group_name(group.key, around, by), group) for group in groups]
    head = [title, say("件", "slips"), "%", say("接警起 ≤5 分", "received ≤5 min"), say("≤10 分", "≤10 min")]
    head.append(say("派警起 ≤5 分", "dispatched ≤5 min"))
    cells = "".join(
        f'<tr><td>{safe(name)}</td><td class="n">{group.count}</td><td class="n">{100 * group.share:.1f}</td>'
        f"<td>{share_words(group.from_received.within_5_min)}</td><td>{share_words(group.from_received.within_10_min)}"
        f"</td><td>{share_words(group.from_dispatched.within_5_min)}</td></tr>"
        for name, group in named
    )
    plot = shares(
        f"{title} · " + say("接警起 5 分钟到场率", "arrival within 5 minutes, from received"),
        [(f"{name} ({group.count})", group.from_received.within_5_min) for name, group in named[:MOST_GROUPS]],
    )
    columns = "".join(
        f'<th class="{"n" if place in (1, 2) else ""}">{safe(text)}</th>' for place, text in enumerate(head)
    )
    return [plot, f"<table><tr>{columns}</tr>{cells}</table>"]


def _table(rows: Sequence[tuple[str, str]]) -> str:
    return "<table>" + "".join(f'<tr><td class="h">{safe(n)}</td><td>{safe(v)}</td></tr>' for n, v in rows) + "</table>"
