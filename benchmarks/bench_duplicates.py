"""How well the offered duplicates are right: precision and recall on made-up evenings, and what one look costs.

``python -m benchmarks.bench_duplicates [--evenings 40] [--json FILE]``

An evening is made from a seed: incidents of fourteen everyday types, half of them at twenty busy places, each with one
to four callers who stand up to 150 m from it, call it by a like type now and then, and say it in their own words. Who
calls second or later is a duplicate of the first. The bound beside it is the best rule with place and time alone, its
distance and age chosen on the same evenings.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from zz110_tui.config.bundled import bundled
from zz110_tui.config.rulebook import load_rulebook
from zz110_tui.core.board import Board
from zz110_tui.core.duplicates import Call, likely
from zz110_tui.core.incidents import Channel, Incident, Report
from zz110_tui.core.places import Place, distance_m, point
from zz110_tui.core.rulebook import Rulebook

SAID = {
    "fight": ("有人打架", "两个男的打起来了", "夜宵摊有人动手", "打架了快来人", "好几个人在打架，有人流血"),
    "knife_attack": ("有人持刀砍人", "拿着刀在追人", "有个男的拿刀", "砍人了，流了好多血"),
    "traffic_accident": (
        "两辆车撞了",
        "车祸，有人受伤",
        "电动车被汽车撞了",
        "追尾了，堵住一条道",
        "出车祸了，人躺在地上",
    ),
    "fire": ("楼上着火了", "冒好大的烟", "三楼起火", "有房子烧起来了，里面有人"),
    "noise": ("广场舞太吵了", "楼下唱歌扰民", "音响开得很大", "吵得睡不着"),
    "theft": ("我的包被偷了", "店里东西被偷", "手机被人偷走了"),
    "ebike_theft": ("电动车不见了", "电动车被偷了", "停在楼下的电瓶车没了"),
    "consumer_dispute": ("理发店不给退款", "吃饭多收钱", "买的东西不给退"),
    "drunk_disorder": ("有人喝醉了闹事", "醉汉在砸东西", "喝多了在店里骂人"),
    "drowning": ("有人掉进河里", "有人落水了", "河里有人在喊救命"),
    "sick_person": ("有人晕倒了", "老人倒在路边", "有人昏迷不醒"),
    "domestic_dispute": ("夫妻吵架", "隔壁夫妻吵得很凶", "老公老婆在吵架"),
    "parking": ("车被堵住了", "有人乱停车挡路", "车位被占"),
    "suspicious_person": ("有人在拉车门", "有个可疑的人在转来转去"),
}
CONFUSED = {"fight": "knife_attack", "knife_attack": "fight", "drunk_disorder": "fight", "domestic_dispute": "fight"}
CITY = (117.63, 24.49, 0.07, 0.06)
HOUR_MS = 3_600_000
METRE = 1 / 111_000


@dataclass(slots=True)
class Score:
    """``offered`` and ``right`` count first offers; ``duplicates`` those there were, ``found`` those whose first offer
    was right, ``found_any`` those among the three."""

    calls: int = 0
    duplicates: int = 0
    offered: int = 0
    right: int = 0
    found: int = 0
    found_any: int = 0
    seconds: float = 0.0
    looks: list[tuple[list[tuple[float, float, int]], int]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.offered if self.offered else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.duplicates if self.duplicates else 1.0


def evening(seed: int, rules: Rulebook, score: Score, hours: int = 4, incidents: int = 60) -> None:
    """One made-up evening: every call is looked at on the board as it is when it comes in, then added to it."""
    chance = random.Random(seed)
    lon, lat, wide, high = CITY
    busy = [(lon + wide * chance.random(), lat + high * chance.random()) for _ in range(20)]
    calls: list[tuple[int, int, Call]] = []
    for number in range(1, incidents + 1):
        at = 1_700_000_000_000 + int(chance.random() * hours * HOUR_MS)
        where = (
            chance.choice(busy)
            if chance.random() < 0.5
            else (lon + wide * chance.random(), lat + high * chance.random())
        )
        kind = chance.choice(sorted(SAID))
        for nth in range(chance.choices((1, 2, 3, 4), (70, 18, 8, 4))[0]):
            later = 0 if nth == 0 else int(min(chance.expovariate(1 / 240), 1_500) * 1000)
            told = CONFUSED.get(kind, kind) if nth and chance.random() < 0.25 else kind
            off = (chance.gauss(0, 45) * METRE, chance.gauss(0, 45) * METRE)
            spot = point(where[0] + off[0], where[1] + off[1])
            contact = f"139{chance.randrange(10**8):08d}"
            calls.append(
                (at + later, number, Call(at + later, Place("", spot), told, chance.choice(SAID[kind]), contact))
            )
    calls.sort(key=lambda one: (one[0], one[1]))
    _replay(calls, rules, score)


def _replay(calls: list[tuple[int, int, Call]], rules: Rulebook, score: Score) -> None:
    board = Board()
    known: set[int] = set()
    for nth, (at, number, call) in enumerate(calls, 1):
        began = time.perf_counter()
        offers = likely(board, call, rules)
        score.seconds += time.perf_counter() - began
        score.calls += 1
        score.looks.append((_near(board, call), number if number in known else 0))
        if offers:
            score.offered += 1
            score.right += offers[0].incident == number
        if number in known:
            score.duplicates += 1
            score.found += bool(offers) and offers[0].incident == number
            score.found_any += any(offer.incident == number for offer in offers)
        _add(board, nth, number, at, call, new=number not in known)
        known.add(number)


def _add(board: Board, nth: int, number: int, at: int, call: Call, *, new: bool) -> None:
    report = Report(nth, Channel.PHONE, at, contact=call.contact, text=call.text, incident=number)
    board.put_report(report)
    if new:
        board.put_incident(Incident(number, call.type, 2, call.place, at, at, at, call.text, reports=(nth,)))
    else:
        from dataclasses import replace

        incident = board.incidents[number]
        board.put_incident(replace(incident, reports=(*incident.reports, nth)))


def _near(board: Board, call: Call) -> list[tuple[float, float, int]]:
    """For the bound: distance in metres, age in minutes and number of every incident."""
    assert call.place.point is not None
    return [
        (distance_m(call.place.point, i.place.point), (call.at - i.received_at) / 60_000, i.number)
        for i in board.incidents.values()
        if i.place.point is not None
    ]


def bound(score: Score) -> tuple[float, float, float, float]:
    """(metres, minutes, precision, recall) of the best nearest-incident rule by place and time alone (by F1)."""
    best = (0.0, 0.0, 0.0, 0.0, 0.0)
    for metres in (60.0, 100.0, 150.0, 200.0, 300.0):
        for minutes in (5.0, 10.0, 20.0, 30.0, 60.0):
            offered = right = duplicates = 0
            for near, number in score.looks:
                fits = [one for one in near if one[0] <= metres and one[1] <= minutes]
                duplicates += number > 0
                offered += bool(fits)
                right += bool(fits) and min(fits)[2] == number
            precision, recall = right / offered if offered else 1.0, right / duplicates if duplicates else 1.0
            f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
            best = max(best, (f1, metres, minutes, precision, recall))
    return best[1:]


def measure(evenings: int, first_seed: int = 1_000) -> Score:
    rules = load_rulebook(bundled("rulebook"))
    score = Score()
    for seed in range(first_seed, first_seed + evenings):
        evening(seed, rules, score)
    return score


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--evenings", type=int, default=40)
    arguments.add_argument("--json", type=Path)
    given = arguments.parse_args()
    score = measure(given.evenings)
    metres, minutes, precision, recall = bound(score)
    per_call = score.seconds / score.calls * 1e6
    lines = [
        f"{given.evenings} evenings, {score.calls} calls, {score.duplicates} of them duplicates",
        f"{'':36} precision  recall  among three",
        f"{'offered by zz110':36} {score.precision:9.3f} {score.recall:7.3f} {score.found_any / score.duplicates:9.3f}",
        f"{f'place and time alone ({metres:.0f} m, {minutes:.0f} min)':36} {precision:9.3f} {recall:7.3f}",
        f"one look {per_call:.0f} µs",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    if given.json:
        figures = {
            "evenings": given.evenings,
            "calls": score.calls,
            "duplicates": score.duplicates,
            "precision": score.precision,
            "recall": score.recall,
            "recall_among_three": score.found_any / score.duplicates,
            "bound": {"metres": metres, "minutes": minutes, "precision": precision, "recall": recall},
            "look_us": per_call,
        }
        given.json.write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
