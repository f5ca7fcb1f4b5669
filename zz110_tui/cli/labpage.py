"""A comparison of policies as one page that needs nothing else: a table and plots, Chinese or English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from zz110_tui.core.cleaning import visible
from zz110_tui.core.figures import LATE_S, SOON_S
from zz110_tui.core.statistics import Interval
from zz110_tui.drill.lab.compare import Comparison, Row

WIDTH, LEFT, RIGHT, LINE = 760, 190, 190, 24

STYLE = """
:root{color-scheme:light dark}
body{font:15px/1.5 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;max-width:1060px;margin:2em auto;
padding:0 1em} table{border-collapse:collapse;width:100%;margin:.5em 0 1.5em}
td,th{padding:.15em .5em;text-align:left;vertical-align:top;white-space:nowrap}
th{white-space:normal} tr+tr td{border-top:1px solid #8884}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
svg{display:block;max-width:100%;height:auto;margin-bottom:1.5em}svg text{fill:currentColor;font-size:13px}
svg .s{font-size:11px}.dot{fill:#0072b2}.span{stroke:#0072b2;stroke-width:2}.zero{stroke:currentColor}
.grid{stroke:#8886;stroke-dasharray:2 3}.k{color:#777;display:block;font-size:12px}
.wide{overflow-x:auto}
"""


def page(found: Comparison, language: str) -> str:
    """The whole page."""

    def say(zh: str, en: str) -> str:
        return zh if language == "zh" else en

    e = found.experiment
    title = say(f"策略比较 {found.city}", f"Policies compared: {found.city}")
    seeds = say("调参种子", "seeds for tuning") if e.tuning else say("检验种子", "seeds for testing")
    calls = e.calls.path.name if e.calls else say("按特征抽取的警情", "drawn calls")
    about = say(
        f"{found.reps} 次重复，各 {e.days} 天，{calls}，{seeds} {e.seed}。区间为 95%，按重复计算；差异成对。",
        f"{found.reps} replications of {e.days} days, {calls}, {seeds} {e.seed}. Intervals are 95 % over replications; "
        "differences are paired.",
    )
    parts = [f"<h1>{_safe(title)}</h1><p>{_safe(about)}</p>"]
    if not found.complete:
        parts.append(
            f"<p><b>{_safe(say('中断了：只含已完成的重复', 'broken off: finished replications only'))}</b></p>"
        )
    for load, units in _groups(found.rows):
        rows = [row for row in found.rows if (row.load, row.units) == (load, units)]
        who = say(f"{units} 组警力", f"{units} units") if units else say("全部警力", "all units")
        parts.append(f"<h2>{_safe(say(f'负荷 {load:g} 倍，{who}', f'load {load:g}x, {who}'))}</h2>")
        parts.append(_table(rows, say))
        late = [(row.policy, _late(row.on_time["received", SOON_S])) for row in rows]
        parts.append(
            _dots(say("接警起超过 5 分钟的份额（%）", "later than 5 minutes from received (%)"), late, zero=False)
        )
        changes = [
            (row.policy, row.fewer_late["received", SOON_S])
            for row in rows
            if row.fewer_late is not None and ("received", SOON_S) in row.fewer_late
        ]
        if changes:
            base = e.policies[0]
            parts.append(
                _dots(say(f"迟到比 {base} 增减（%）", f"late arrivals against {base} (%)"), changes, zero=True)
            )
    lang = "zh-CN" if language == "zh" else "en"
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8"><title>{_safe(title)}</title>'
        f"<style>{STYLE}</style></head><body>\n" + "\n".join(parts) + "\n</body></html>\n"
    )


def _groups(rows: Sequence[Row]) -> Iterator[tuple[float, int]]:
    yield from dict.fromkeys((row.load, row.units) for row in rows)


def _late(share: Interval) -> Interval:
    low = None if share.high is None else 1 - share.high
    return Interval(1 - share.mean, low, None if share.low is None else 1 - share.low)


def _table(rows: Sequence[Row], say: object) -> str:
    assert callable(say)
    heads = (
        say("策略", "policy"),
        say("5分内（接警起）", "5 min from received"),
        say("5分内（派警起）", "5 min from sent"),
        say("10分内（接警起）", "10 min from received"),
        say("10分内（派警起）", "10 min from sent"),
        say("平均", "mean"),
        say("占用", "busy"),
        say("移动/天", "moves a day"),
    )
    lines = [
        "<div class=wide><table><tr>"
        + "".join(f"<th{' class=n' if i else ''}>{_safe(h)}</th>" for i, h in enumerate(heads))
        + "</tr>"
    ]
    for row in rows:
        cells = (
            _percent(row.on_time["received", SOON_S]),
            _percent(row.on_time["dispatched", SOON_S]),
            _percent(row.on_time["received", LATE_S]),
            _percent(row.on_time["dispatched", LATE_S]),
            f"{row.mean_s.mean:.0f} s",
            f"{100 * row.busy:.1f} %",
            f"{row.moves_per_day:.1f}",
        )
        lines.append(
            f"<tr><td>{_safe(row.policy)}</td>" + "".join(f"<td class=n>{cell}</td>" for cell in cells) + "</tr>"
        )
    return "".join([*lines, "</table></div>"])


def _percent(value: Interval) -> str:
    if value.low is None or value.high is None:
        return f"{100 * value.mean:.2f} %"
    return f"{100 * value.mean:.2f} % <span class=k>[{100 * value.low:.2f}, {100 * value.high:.2f}]</span>"


def _dots(title: str, values: Sequence[tuple[str, Interval]], *, zero: bool) -> str:
    """A dot for each value (a share, drawn in percent) and a line for its interval; with a line at zero."""
    ends = [end for _, v in values for end in (v.mean, v.low, v.high) if end is not None]
    low, high = min([*ends, 0.0]), max([*ends, 0.0] if zero else ends)
    span = (high - low) or 1.0
    right = WIDTH - LEFT - RIGHT

    def at(value: float) -> float:
        return LEFT + right * (value - low) / span

    height = LINE * (len(values) + 1)
    tall = height + 6
    size = f'viewBox="0 0 {WIDTH} {tall}" width="{WIDTH}" height="{tall}"'
    parts = [f'<h3>{_safe(title)}</h3><svg {size} role="img" aria-label="{_safe(title)}">']
    parts += [
        f'<line x1="{at(mark):.1f}" y1="0" x2="{at(mark):.1f}" y2="{height - LINE}" class="grid"/>'
        f'<text x="{at(mark):.1f}" y="{height - 4}" text-anchor="middle" class="s">{100 * mark:.1f}</text>'
        for mark in (low, (low + high) / 2, high)
    ]
    if zero:
        parts.append(f'<line x1="{at(0):.1f}" y1="0" x2="{at(0):.1f}" y2="{height - LINE}" class="zero"/>')
    for number, (name, value) in enumerate(values):
        y = LINE * number + LINE / 2
        words = f"{100 * value.mean:.2f}"
        if value.low is not None and value.high is not None:
            words += f" [{100 * value.low:.2f}, {100 * value.high:.2f}]"
            parts.append(f'<line x1="{at(value.low):.1f}" y1="{y}" x2="{at(value.high):.1f}" y2="{y}" class="span"/>')
        parts.append(
            f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{_safe(name)}</text>'
            f'<circle cx="{at(value.mean):.1f}" cy="{y}" r="4" class="dot"/>'
            f'<text x="{WIDTH - RIGHT + 10}" y="{y + 4}" class="s">{words}</text>'
        )
    return "".join([*parts, "</svg>"])


def _safe(text: str) -> str:
    return escape(visible(text))
