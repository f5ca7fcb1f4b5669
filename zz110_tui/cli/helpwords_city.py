"""What ``--help`` says in Chinese: city packs, call files, drills, the laboratory. Lists show the first line."""

from __future__ import annotations

CITY: dict[str, str] = {
    "zz110 city": "城市包：什么在哪里。",
    "zz110 city list": "列出可以直接写名称的城市包。",
    "zz110 city show": "显示城市包的内容：警区、派出所、警力、停靠点、道路。",
    "zz110 city check": """
检查城市包：警区的空隙与重叠、到不了的停靠点、重名。

退出码 0：可用；1：有须改的。
""",
    "zz110 city new": """
由本市的警情记录做一个城市包。

警区各成一片，按面积和警情均衡；警力停在警情多的地方（p-中位）。
""",
    "zz110 city roads": """
由道路数据为城市包建路网，行车时间按它计算。

保留处处可互相到达的最大一片；单行道按单行；停靠点、派出所、地名、警情离路网多远，会逐一说明。
按 Ctrl-C 则城市包保持原样。
""",
    "zz110 city posts": """
按路网和警情排停靠点，前后对照。

到场时间是含出动时间的中位数，从最近的停靠点算起，视该处警力为空闲。城市包、警情、种子相同，结果就相同。
加 --write 则每个街面梯队各得一处。
""",
    "zz110 city learn": """
由案卷库（--store）日志里的出警学习行车时间。

\b
zz110 --store live.zz110 city learn mytown --dry-run

按道路等级和时段得出系数，样本少时贴近城市包原有的数；并用留出的样本说明预计到场前后各差多少。结果写入城市包
的 times.toml。
""",
    "zz110 city grids": """
画网格：按面积、人口、警情均衡，各成一片，前后对照。

一个警区的负荷，是它所占各项份额按权重之和。城市包、警情、种子相同，结果就相同。加 --write 则停靠点、警力、地名
归入所在的警区；警区沿用与它重合最多的原警区的名称。
""",
    "zz110 calls": "警情记录：导入别的系统的真实警情。",
    "zz110 calls import": """
把警情记录导入为警情文件。

不能用的行连同行号和原因写入退回文件。同一文件再导一遍，什么都不会变。按 Ctrl-C 结束，已读的都在，
下次接着导。
""",
    "zz110 calls info": "说明一个警情文件里有什么：几起，从何时到何时，哪些类别。",
    "zz110 calls mappings": "列出现有的映射。",
    "zz110 drill": "演练：来警和警力都是模拟的，用自己的时钟。",
    "zz110 drill run": "无席位推演。",
    "zz110 drill run replay": """
重放某几天的真实警情（--city PACK 说明在哪里）。

每起警情有且只有一个记录在案的结局。写 --store 则留下推演的日志，绝不写入实战库。
""",
    "zz110 drill run shift": "按城市的警情特征产生来警，由指挥室处置。",
    "zz110 lab": "策略试验：换一条规则会怎样，先试后用。",
    "zz110 lab compare": """
用同一批警情、同样的运气比较几种策略（--city PACK 说明在哪里）。

\b
zz110 lab compare --city zhangzhou --policy closest --policy fill-in --load 1,2,3 --reps 20 --seed 1

差值逐对计算：每一次重复中，各策略遇到的来警、警力、路况都相同。区间为 95 %，按重复次数计。按 Ctrl-C 结束，
给出已完成的部分（退出码 130）。
""",
    "zz110 lab what-if": """
此刻两种做法，各往后推演一小时，并排比较。

\b
zz110 lab what-if '3 7 142'

盘面按案卷库现状读取，核心正在写也可以；什么都不记录。在席位上，同样的事用指令 wi。
""",
    "zz110 lab policies": "列出现有的策略，各做什么。",
}
"""Path of a command -> its help."""
