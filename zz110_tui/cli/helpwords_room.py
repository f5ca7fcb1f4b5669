"""What ``--help`` says in Chinese: the desk, lines, lists, and who may come in. The first line is what lists show."""

from __future__ import annotations

ROOM: dict[str, str] = {
    "zz110": """
城市公安 110 指挥室，装进一个终端窗口。

不带命令即打开席位。
""",
    "zz110 do": """
执行一行席位指令；写 - 则逐行执行标准输入。

\b
zz110 do "n 打架 @胜利路x延安路 / 两人持刀"
zz110 do "d 07 ." --json
zz110 do - --json < lines.txt

“.”是上一条被接受的行所涉的警情，“^”是最新的警情。用 - 时，空行和以 # 开头的行略过，一行被拒不中断后面各行；
全部被接受则退出码 0，否则 3。核心连不上时退出码 75，并写明哪一行没有送出；用 - 时其后各行不再读取，
加 --outbox 则每一行都存入待发箱。有哪些指令：zz110 do "?"。
""",
    "zz110 watch": """
逐行显示指挥室：每件事只说一遍，不重画屏幕。

\b
zz110 watch                      先列未办结的，再逐件报出；打一行就执行一行
zz110 watch --read-only --json   同样内容，供程序读取

行首 !! 须立即处置，! 须尽快处置，= 是对所问的回答，> 是这一行还缺什么。无人认领的警报每隔 --remind 秒重报，
警报解除也会报出。有核心服务于该案卷库就加入它，没有就自带一个。输入结束、打 quit 或按 Ctrl-C 即退出。
""",
    "zz110 serve": """
为多个席位提供同一个核心，直到 Ctrl-C 或 SIGTERM。

\b
zz110 serve
zz110 serve --group zz110
zz110 serve --tls 0.0.0.0:11443 --tls-cert room.pem --tls-key room.key

席位自己会找到它：使用同一案卷库的 zz110 和 zz110 do 自动加入。席位是谁，由套接字另一端的系统账号决定；
核心自身账号以外的账号须先登记（zz110 user add）。
""",
    "zz110 wall": """
大屏：计数、地图、警力、警报；屏上不能输入。

不显示报警人的任何资料。它自成一席，职责为督察（audit），只能看，不能做；可用 --desk 和 --duty 另行指定。
按 Ctrl+Q 退出。
""",
    "zz110 tour": """
十分钟席位导览：在单独的演练里进行，与实战库无关。

任何一步都可以离开（Ctrl+Q），下次从那一步接着走。
""",
    "zz110 health": """
询问服务于该案卷库的核心是否正常。

退出码 0：正常或有提醒；1：有故障；75：没有核心应答。
""",
    "zz110 figures": """
统计：警情数、接警与到场时间（两种时钟）、比率及 95 % 区间、警力占用率。
""",
    "zz110 bulletin": """
周报：一段时间的指令、预警、线索、护学、支撑，按周报分段计数。

签收、出警从下达指令或推送预警时起算，反馈从警力到位时起算。
""",
    "zz110 doctor": """
体检：查看终端、区域设置、设置、案卷库、磁盘、城市包，说明哪里不对、怎样改。

不改动任何东西；测磁盘用自己的临时文件，测完即删。退出码 0：没有必须处理的；1：有。
""",
    "zz110 version": "显示 zz110 的版本。",
    "zz110 incident": "警情。",
    "zz110 incident list": "列出未办结的警情；加 --all 列出历来全部警情。",
    "zz110 incident show": "显示整张警情单：接警、警力、每个时间、人、席位，以及全部经过。",
    "zz110 incident find": """
查找警情（含已归档的），新的在前：按类别、地点、文字、警力、警情号、报警人。

\b
zz110 incident find 打架 江滨公园
zz110 incident find 13912342207 --from 2026-01-01

报警人可按全名、完整号码、姓、号码末四位查到：也就是答复中看得见的，或查的人本来就知道的。
退出码 0：找到；1：没有。
""",
    "zz110 report": "接警：与报警人的每一次联系。",
    "zz110 report list": "列出未了的接警；加 --all 列出历来全部接警。",
    "zz110 unit": "警力：可以派谁，各在做什么。",
    "zz110 unit list": "列出全部警力，各在做什么。",
    "zz110 unit show": "显示一个警力和它所办的警情。",
    "zz110 alarm": "警报：什么超时，由谁认领。",
    "zz110 alarm list": "列出现有的警报。",
    "zz110 alarm rate": """
警报率：每席位十分钟警报数对照预算、最多的十分钟、哪几类最多。

不写时段即最近一天。预算是设置中的 [alarms]（ISA-18.2、EEMUA 191）。
""",
    "zz110 message": "消息：席位与警力之间的话。",
    "zz110 message list": "列出未了的消息；加 --all 列出历来全部。",
    "zz110 message show": "显示一件消息的全部时间、人、席位和经过。",
    "zz110 order": "指令：警情以外的任务。",
    "zz110 order list": "列出未了的指令；加 --all 列出历来全部。",
    "zz110 order show": "显示一件指令的全部时间、人、席位和经过。",
    "zz110 warning": "预警：分级推送、须现场核查的通报。",
    "zz110 warning list": "列出未了的预警；加 --all 列出历来全部。",
    "zz110 warning show": "显示一件预警的全部时间、人、席位和经过。",
    "zz110 support": "支撑请求：派出所请求支援。",
    "zz110 support list": "列出未了的支撑请求；加 --all 列出历来全部。",
    "zz110 support show": "显示一件支撑请求的全部时间、人、席位和经过。",
    "zz110 bolo": "布控。",
    "zz110 bolo list": "列出未了的布控；加 --all 列出历来全部。",
    "zz110 bolo show": "显示一件布控的全部时间、人、席位和经过。",
    "zz110 ledger": "台账：跟到底的纠纷与隐患。",
    "zz110 ledger list": "列出未了的台账；加 --all 列出历来全部。",
    "zz110 ledger show": "显示一件台账的全部时间、人、席位和经过。",
    "zz110 roster": "勤务：班、轮次、谁在岗。",
    "zz110 roster show": "显示各班、现在轮到哪一班、下一班何时接。",
    "zz110 security": "安全记录：谁进来过，谁被拒绝，登录失败。",
    "zz110 security list": """
列出最近的记录，旧的在前。

\b
zz110 security list
zz110 security list --event login --hours 24

记的是账号、地址和代码，没有警情的任何内容。同一来源的同类记录太多时只计数、不逐条列出：末列写明那一分钟里
另有几条。
""",
    "zz110 security verify": """
逐条校验安全记录：未被改动、删除、插入或调换则给出链头，否则指出坏在哪里。

\b
zz110 security verify
zz110 security verify --heads /mnt/other/heads.jsonl --key heads.key.pub

截掉末尾，或把记录整个重算一遍，要靠留存在别处的链头才能查出：zz110 journal head 的签名链头也包括安全记录，
zz110 journal verify --heads 两者一并校验。

退出码 0：完好；1：不完好；65：链头文件不能用。
""",
    "zz110 user": "用户：谁可以进入服务中的核心。",
    "zz110 user add": """
登记一个用户。

密码当场询问，或取标准输入的第一行。加 --totp 时，手机用的密钥以 otpauth:// 地址打印一次。
梯队的姓名写它的呼号：它只能报告自己的事。
""",
    "zz110 user list": "列出全部用户及其职责。",
    "zz110 user passwd": "改密码；用旧密码进来的席位须重新登录。",
    "zz110 user duties": "改一个用户可任的职责。",
    "zz110 user totp": "给一个用户换新的一次性验证码密钥，或取消验证码。",
    "zz110 user disable": "停用一个用户；在席的几秒内请出。",
    "zz110 user enable": "重新启用一个用户。",
    "zz110 user tries": "显示最近的密码登录，含密码打错的。",
    "zz110 outbox": "待发箱：没有送出的行，存在本席位的磁盘上。",
    "zz110 outbox list": "列出没有送出的行，最早的在前。",
    "zz110 outbox send": "发送其中一行，或查明它的下落；绝不自动发送，也不会做两次。",
    "zz110 outbox drop": "删去其中一行，不再发送。",
    "zz110 config": "设置：哪些生效，从哪里来。",
    "zz110 config show": "显示每项设置、它的值、出自哪个文件哪一行。",
    "zz110 config check": """
检查全部设置文件，以及其中选用的配色、键位、城市包。

退出码 0：没有问题；78：有须改的。
""",
    "zz110 config where": "列出会找哪些设置文件（优先的在前）、哪些存在。",
    "zz110 config example": "写出 config.toml 样例：每项设置、含义、默认值。",
}
"""Path of a command -> its help. Empty lines part paragraphs; one that begins with ``\\b`` keeps its lines."""
