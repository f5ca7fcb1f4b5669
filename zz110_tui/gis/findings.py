"""What can be wrong with a city pack: one text per finding, in Chinese and English, with what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error makes the pack unfit for a desk; a warning is something a person should look at."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """``code`` is stable; ``where`` names the thing, such as ``G03`` or a road."""

    severity: Severity
    code: str
    where: str
    zh: str
    en: str
    remedy_zh: str
    remedy_en: str


# code: (severity, Chinese, English, Chinese remedy, English remedy)
TEXTS: dict[str, tuple[Severity, str, str, str, str]] = {
    "broken_shape": (
        Severity.ERROR,
        "{where} 的边界自相交：{detail}",
        "the border of {where} crosses itself: {detail}",
        "在 area.geojson 中改正该多边形",
        "mend the polygon in area.geojson",
    ),
    "overlap": (
        Severity.ERROR,
        "{where} 重叠 {detail} 平方米",
        "{where} overlap by {detail} m²",
        "让相邻网格共用同一条边",
        "let neighbouring grids share one border",
    ),
    "hole": (
        Severity.ERROR,
        "辖区内有 {detail} 平方米不属于任何网格，位置 {where}",
        "{detail} m² of the outline belong to no grid, near {where}",
        "把该处划入一个网格，或改小辖区边界",
        "give the place to a grid, or shrink the outline",
    ),
    "outside": (
        Severity.ERROR,
        "{where} 有 {detail} 平方米在辖区边界之外",
        "{where} reaches {detail} m² beyond the outline",
        "改小网格，或扩大辖区边界",
        "shrink the grid, or widen the outline",
    ),
    "pieces": (
        Severity.ERROR,
        "{where} 分成 {detail} 块，互不相连",
        "{where} is in {detail} separate pieces",
        "一个网格应当连成一片",
        "make each grid one piece",
    ),
    "lopsided": (
        Severity.WARNING,
        "{where} 面积 {detail} 平方公里，与平均相差五倍以上",
        "{where} covers {detail} km², more than five times off the mean",
        "重新划分网格",
        "draw the grids more evenly",
    ),
    "twice": (
        Severity.ERROR,
        "{detail} {where} 出现两次",
        "{detail} {where} is used twice",
        "编号、呼号和名称不可重复",
        "give each its own",
    ),
    "same_name": (
        Severity.WARNING,
        "{detail} 与另一处同名：{where}",
        "{detail} shares its name with another: {where}",
        "加上区别，否则接警员只能从列表中选",
        "tell them apart, or the call-taker has to choose from a list",
    ),
    "unknown": (
        Severity.ERROR,
        "{where} 指向不存在的{detail}",
        "{where} refers to {detail}, which does not exist",
        "改正引用",
        "mend the reference",
    ),
    "not_neighbours": (
        Severity.ERROR,
        "{where} 的相邻网格与边界不符：{detail}",
        "the neighbours of {where} are not those it borders on: {detail}",
        "按共用边界重写 neighbours",
        "rewrite 'neighbours' from the borders",
    ),
    "no_unit": (
        Severity.WARNING,
        "{where} 没有常驻警力",
        "{where} has no unit at home",
        "在 units.toml 中指定一个 home_grid",
        "give a unit this home_grid in units.toml",
    ),
    "wrong_grid": (
        Severity.ERROR,
        "{where} 写的是 {detail}，位置却不在其中",
        "{where} says {detail} but does not lie in it",
        "改正 grid 或坐标",
        "mend its grid or its position",
    ),
    "unreachable": (
        Severity.ERROR,
        "{where} 离路网主体 {detail} 米，车到不了",
        "{where} is {detail} m from the main road net",
        "把停靠点移到路上，或补画道路",
        "move it to a road, or draw the road",
    ),
    "cut_off": (
        Severity.WARNING,
        "道路 {where} 与路网主体不相连",
        "road {where} is not joined to the main road net",
        "让相交的道路共用端点",
        "let roads that meet share a vertex",
    ),
    "not_driven": (
        Severity.WARNING,
        "{where} 在路网做成之后改过：画的与开的不是同一张网",
        "{where} was changed after the net was made: what is drawn is not what is driven on",
        "用 zz110 city roads 重做路网，或删去 roads.npz",
        "build the net again with 'zz110 city roads', or delete roads.npz",
    ),
    "off_junction": (
        Severity.ERROR,
        "路口 {where} 不在道路 {detail} 上",
        "junction {where} does not lie on {detail}",
        "重新计算路口",
        "compute the junctions again",
    ),
    "far_away": (
        Severity.WARNING,
        "{where}（{detail}）在辖区边界之外",
        "{where} ({detail}) lies outside the outline",
        "核对坐标，注意 GCJ-02 与 WGS-84 之别",
        "check its position; is it GCJ-02 instead of WGS-84?",
    ),
    "no_pinyin": (
        Severity.WARNING,
        "{where} 没有存拼音，无法用拼音查找",
        "{where} has no pinyin stored and cannot be found by it",
        "用工具重新生成拼音",
        "spell the pack again with the tools",
    ),
    "no_calls": (
        Severity.WARNING,
        "{where} 没有任何警情权重",
        "{where} has no weight in the demand profile",
        "核对 area.geojson 的 demand",
        "check the demand in area.geojson",
    ),
    "demand": (
        Severity.ERROR,
        "警情模型不成立：{detail}",
        "the demand profile does not hold: {detail}",
        "改正 demand.toml",
        "mend demand.toml",
    ),
    "timezone": (
        Severity.ERROR,
        "时区 {where} 不存在",
        "there is no time zone {where}",
        "改用 IANA 名称，如 Asia/Shanghai",
        "use an IANA name such as Asia/Shanghai",
    ),
}


def finding(code: str, where: str, detail: str = "") -> Finding:
    """A finding with its texts filled in."""
    severity, zh, en, remedy_zh, remedy_en = TEXTS[code]
    return Finding(
        severity,
        code,
        where,
        zh.format(where=where, detail=detail),
        en.format(where=where, detail=detail),
        remedy_zh,
        remedy_en,
    )
