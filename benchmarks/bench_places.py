"""What one keystroke of a place search costs in a big city: ``python -m benchmarks.bench_places [--names 6000]``.

The shipped city gets thousands of made-up landmarks with stored pinyin. Places are then typed letter by letter as
people type them (Chinese, pinyin, initials, with a slip of the finger, a crossing, a house number, nonsense), each
prefix looked up once (processor time). The bound beside it is one pass over all names with ``in``, which finds no slip
and ranks nothing.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from zz110_tui.config.bundled import bundled
from zz110_tui.core.places import point
from zz110_tui.gis.city import City, load_city
from zz110_tui.gis.features import Landmark, Spelling
from zz110_tui.gis.gazetteer import Gazetteer, clear_winner

FIRST = (
    "金jin 水shui 龙long 凤feng 东dong 南nan 西xi 北bei 新xin 大da 福fu 华hua 建jian 明ming 文wen 丹dan 芗xiang 九jiu "
    "云yun 石shi"
)
SECOND = "山shan 江jiang 门men 桥qiao 湖hu 园yuan 城cheng 湾wan 峰feng 岭ling 塘tang 港gang 田tian 洲zhou 林lin 台tai"
LAST = (
    "小区xiao-qu 广场guang-chang 中学zhong-xue 医院yi-yuan 酒店jiu-dian 超市chao-shi 公园gong-yuan 银行yin-hang "
    "大厦da-sha 市场shi-chang 药店yao-dian 幼儿园you-er-yuan"
)
TYPED = (
    "漳州医院", "zhangzhouyiyuan", "zzyy", "胜利路x延安路", "shenglilu x yananlu", "水仙大街118号", "zhangzouyiyuan",
    "漳洲医院", "xinqiaoxiaoqu", "xqxq", "金山江小区", "qqqqqqqqqq", "没有这个地方啊", "shuixiandajie",
    "hua yuan shichang",
)  # fmt: skip
_PART = re.compile(r"([^a-z-]+)([a-z-]+)")


@dataclass(frozen=True, slots=True)
class Cost:
    names: int
    build_ms: float
    keystrokes: int
    mean_ms: float
    p99_ms: float
    worst_ms: float
    worst: str
    bound_ms: float


def big_city(names: int, seed: int = 1) -> City:
    """The shipped city with made-up landmarks."""
    chance = random.Random(seed)
    first, second, last = (_PART.findall(table) for table in (FIRST, SECOND, LAST))
    city = load_city(bundled("cities", "zhangzhou"))
    box = city.outline.box
    made: dict[str, Landmark] = {}
    while len(made) < names:
        begins = [chance.choice(first)] * (chance.random() < 0.3) or [chance.choice(first), chance.choice(first)]
        chosen = [*begins, chance.choice(second), chance.choice(last)]
        syllables = "-".join(latin for _, latin in chosen).split("-")
        name = Spelling("".join(han for han, _ in chosen), "".join(syllables), "".join(s[0] for s in syllables))
        lon, lat = chance.uniform(box.west, box.east), chance.uniform(box.south, box.north)
        made.setdefault(name.text, Landmark(name, "", "shop", point(lon, lat)))
    return replace(city, landmarks=(*city.landmarks, *made.values()))


def measure(names: int) -> Cost:
    city = big_city(names)
    began = time.process_time()
    gazetteer = Gazetteer(city)
    build = (time.process_time() - began) * 1000
    prefixes = [text[:end] for text in TYPED for end in range(1, len(text) + 1)]
    times = []
    for prefix in prefixes:
        began = time.process_time()
        clear_winner(gazetteer.find(prefix, 24))
        times.append(((time.process_time() - began) * 1000, prefix))
    texts = [landmark.name.text for landmark in city.landmarks]
    began = time.process_time()
    for prefix in prefixes:
        sum(prefix in text for text in texts)
    bound = (time.process_time() - began) * 1000 / len(prefixes)
    ranked = sorted(times)
    mean = sum(ms for ms, _ in times) / len(times)
    p99 = ranked[int(len(ranked) * 0.99)][0]
    return Cost(len(texts), build, len(times), mean, p99, *ranked[-1], bound)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--names", type=int, default=6_000)
    arguments.add_argument("--json", type=Path)
    given = arguments.parse_args()
    cost = measure(given.names)
    sys.stdout.write(
        f"{cost.names} landmarks, built in {cost.build_ms:.0f} ms\n"
        f"{cost.keystrokes} keystrokes: mean {cost.mean_ms:.2f} ms, p99 {cost.p99_ms:.2f} ms, "
        f"worst {cost.worst_ms:.2f} ms ({cost.worst})\n"
        f"one pass with `in`: {cost.bound_ms:.2f} ms\n"
    )
    if given.json:
        given.json.write_text(json.dumps(asdict(cost), indent=1) + "\n")


if __name__ == "__main__":
    main()
