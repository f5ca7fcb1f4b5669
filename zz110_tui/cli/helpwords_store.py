"""What ``--help`` says in Chinese: the journal, backups, the history. The first line is what lists show."""

from __future__ import annotations

STORE: dict[str, str] = {
    "zz110 journal": "日志：发生过的一切，可证明未被改动。",
    "zz110 journal verify": """
逐条校验哈希链：完好则给出链头，不完好则指出坏在哪里。

\b
zz110 journal verify
zz110 journal verify --heads /mnt/other/heads.jsonl --key heads.key.pub

单凭链条就能查出改动、删除、插入、调换。截掉末尾，或把过去整个重算一遍，要靠留存在别处（写库的人写不到的地方）
的链头才能查出；给出签名链头时，安全记录（zz110 security）一并校验。已归档的年份从归档里校验，归档挪了地方就用
--archive-folder 指明目录。

退出码 0：完好；1：日志或安全记录不完好，或没有可读的日志；65：链头文件不能用。
""",
    "zz110 journal head": """
给出日志链头，有密钥则签名，并写入链头文件。

链头同时涵盖日志和安全记录。运行中的核心每隔 heads.every 秒自动做一次。没有密钥时，给出的链头供 --pin 使用。
""",
    "zz110 journal archive": """
把旧年份移入归档，归档仍可校验，案卷库接着往下写。

其间案卷库不能有核心在运行。归档是只读的，用 --store 指定它即可查看。中途被杀也不丢，再执行同一命令即可接着做。
查找、列表、统计都不受影响。
""",
    "zz110 journal keygen": """
生成签名链头用的一对密钥（Ed25519）。

私钥只有属主可读（0600），归核心的账号；FILE.pub 交给校验的人。两个文件都须尚不存在。
""",
    "zz110 journal tail": "用文字显示日志末尾几条；报警人姓名、号码隐去。",
    "zz110 journal export": """
把日志逐条导出为 JSON，报警人姓名、号码隐去。

格式见 docs/journal.md。供查阅之用；备份请用 zz110 backup make。
""",
    "zz110 backup": "备份：试恢复过的才算数。",
    "zz110 backup make": """
备份案卷库，核心运行时也可；超出 --keep 的最旧几份删去。

不耽误指挥室工作。备份文件要么完整，要么不出现；链条已断的库不予备份，也不会挤掉好的备份。有密钥则加密
（zz110 backup keygen），用户名单一并备份；归档以名称和 SHA-256 记入。
""",
    "zz110 backup list": "列出目录中的备份，旧的在前：哪个库，到哪一条，何时所做，有没有用户名单。",
    "zz110 backup test": """
试一份备份：恢复到旁边、校验、重放、比对盘面，并说明要多久。

不碰在用的任何东西。退出码 0：可靠；1：不可靠；65：根本恢复不了。
""",
    "zz110 backup restore": """
从备份恢复案卷库，只恢复到空处，绝不覆盖任何文件。

其中的用户名单写到 STORE.users，已有名单则放在它旁边。归档在原处或 --archive-folder 指明的目录里找，恢复的库从此
到那里找；找不到的会点名。

\b
zz110 backup restore --to /var/lib/zz110/restored.zz110
zz110 --store /var/lib/zz110/restored.zz110 journal verify --heads heads.jsonl --key heads.key.pub
""",
    "zz110 backup keygen": """
生成备份加密用的密钥。

密钥另存一份，与备份分开保管。
""",
    "zz110 history": "历史：查找和统计由它读取。",
    "zz110 history status": "显示历史到哪一条，有几张警情单。",
    "zz110 history update": "把历史补到日志的最新处；平时谁来查，就自动补上。",
    "zz110 history rebuild": """
丢弃历史，由日志（及归档）重新算出。

规则表改过之后，要让旧警情能按新词查到，就须重建；其余变化会自行察觉。归档自己会找
（原处、库旁边、--archive-folder）；缺一个就不动已有的历史。
""",
}
"""Path of a command -> its help."""
