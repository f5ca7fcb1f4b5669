"""What a user may set. The model, its limits and its words; reading it from files is ``load``.

Each field carries its meaning in English (``description``) and Chinese (``zh``): ``config.example.toml`` and
``zz110 config show`` are made from them. msgspec and not pydantic: a desk must be on the screen within half a second,
and importing pydantic and building this model with it takes 0.15 s of that, msgspec 0.04 s.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from zz110_tui.config.settings_alarms import AlarmSettings
from zz110_tui.config.settings_keeping import ArchiveSettings, BackupSettings, HeadSettings
from zz110_tui.core.rulebook import FillInRules, Limits

DAY = 86_400

Seconds = Annotated[int, Meta(ge=1, le=7 * DAY)]
Name = Annotated[str, Meta(min_length=1, max_length=200)]


class DeskSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """The seat this terminal is."""

    id: Annotated[
        str,
        Meta(pattern=r"^[0-9A-Za-z]{1,8}$", description="Number of the seat.", extra={"zh": "席位号。"}),
    ] = "01"
    name: Annotated[
        str, Meta(max_length=40, description="Name of the seat, if it has one.", extra={"zh": "席位名称，可不填。"})
    ] = ""
    duty: Annotated[
        Literal["take", "dispatch", "supervise", "train", "audit", "admin"],
        Meta(
            description="What the seat does: take, dispatch, supervise, train, audit or admin.",
            extra={"zh": "席位职责：take 接警、dispatch 派警、supervise 指挥、train 教官、audit 督察、admin 管理。"},
        ),
    ] = "dispatch"
    person: Annotated[
        str,
        Meta(
            max_length=40,
            description="Who sits there. Empty: the login name.",
            extra={"zh": "在席人员。不填则用登录名。"},
        ),
    ] = ""


class LimitSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Ages in seconds at which something becomes an alarm, for one priority."""

    unanswered: Annotated[Seconds, Meta(description="a report nobody has answered", extra={"zh": "接警未应答"})] = 10
    unfiled: Annotated[
        Seconds, Meta(description="an answered report without a slip or an end", extra={"zh": "已应答而未立案、未办结"})
    ] = 180
    undispatched: Annotated[Seconds, Meta(description="an incident without a unit", extra={"zh": "警情未派警"})] = 60
    unsigned: Annotated[Seconds, Meta(description="a unit has not signed", extra={"zh": "派警未签收"})] = 30
    not_en_route: Annotated[
        Seconds, Meta(description="a unit has not left, since dispatch", extra={"zh": "派警后未出警"})
    ] = 60
    not_arrived: Annotated[
        Seconds, Meta(description="a unit has not arrived, since dispatch", extra={"zh": "派警后未到场"})
    ] = 300
    no_contact: Annotated[
        Seconds, Meta(description="on scene without contact (officer safety)", extra={"zh": "到场后无联系（民警安全）"})
    ] = 1_200
    unread: Annotated[Seconds, Meta(description="a pressing message nobody has read", extra={"zh": "要紧消息未读"})] = (
        120
    )
    unsigned_order: Annotated[
        Seconds, Meta(description="an order or a warning nobody has signed", extra={"zh": "指令、预警未签收"})
    ] = 120
    unsupported: Annotated[
        Seconds, Meta(description="a support request without an answer", extra={"zh": "支撑请求未答复"})
    ] = 600
    unfed_back: Annotated[
        Seconds, Meta(description="a handled incident without feedback", extra={"zh": "处置完毕未反馈"})
    ] = 3_600
    untaken: Annotated[
        Seconds,
        Meta(description="an alarm nobody took: it rises", extra={"zh": "警报无人认领，升级"}),
    ] = 60
    taken: Annotated[
        Seconds,
        Meta(description="a taken alarm whose cause still stands: it rises", extra={"zh": "警报认领后仍未消除，升级"}),
    ] = 600

    def limits(self) -> Limits:
        """The same in milliseconds, as the core takes them."""
        return Limits(
            unanswered=self.unanswered * 1000,
            unfiled=self.unfiled * 1000,
            undispatched=self.undispatched * 1000,
            unsigned=self.unsigned * 1000,
            not_en_route=self.not_en_route * 1000,
            not_arrived=self.not_arrived * 1000,
            no_contact=self.no_contact * 1000,
            unread=self.unread * 1000,
            unsigned_order=self.unsigned_order * 1000,
            unsupported=self.unsupported * 1000,
            unfed_back=self.unfed_back * 1000,
            untaken=self.untaken * 1000,
            taken=self.taken * 1000,
        )


class LimitsByPriority(Struct, frozen=True, forbid_unknown_fields=True):
    """Priority 1 is the most urgent. A report has no priority before it is answered: its clock runs as for 2."""

    p1: LimitSettings = LimitSettings()
    p2: LimitSettings = LimitSettings(undispatched=90, unsigned=45, not_en_route=90, untaken=120, taken=900)
    p3: LimitSettings = LimitSettings(
        unfiled=300,
        undispatched=180,
        unsigned=60,
        not_en_route=180,
        not_arrived=600,
        no_contact=1_800,
        unsigned_order=300,
        unsupported=1_800,
        unfed_back=7_200,
        untaken=300,
        taken=1_800,
    )
    p4: LimitSettings = LimitSettings(
        unfiled=300,
        undispatched=600,
        unsigned=120,
        not_en_route=300,
        not_arrived=1_200,
        no_contact=2_700,
        unsigned_order=600,
        unsupported=3_600,
        unfed_back=14_400,
        untaken=900,
        taken=3_600,
    )


class FillInSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """When the desk proposes that a free unit moves to cover a hole."""

    on: Annotated[
        bool, Meta(description="Whether a fill-in is proposed at all.", extra={"zh": "是否提出补位建议。"})
    ] = True
    radius: Annotated[
        Seconds,
        Meta(
            description="The reach that counts (seconds): the target of five minutes less one.",
            extra={"zh": "计入的到达时间（秒）：五分钟目标减一分钟。"},
        ),
    ] = 240
    gain: Annotated[
        float,
        Meta(
            ge=0.1,
            le=100,
            description="The least gain: by how many per cent of all calls fewer are expected late.",
            extra={"zh": "最少收益：预计迟到的警情至少减少全部警情的百分之几。"},
        ),
    ] = 1.0
    night_gain: Annotated[
        float,
        Meta(
            ge=0.1,
            le=100,
            description="The same in the night hours, when crews should be left in peace.",
            extra={"zh": "夜间的最少收益，少打扰值守警力。"},
        ),
    ] = 6.0
    night: Annotated[
        str,
        Meta(
            pattern=r"^([01]?[0-9]|2[0-4])-([01]?[0-9]|2[0-4])$",
            description="The night hours: '0-6' is from midnight until before 06:00.",
            extra={"zh": "夜间时段：'0-6' 为零时至六时前。"},
        ),
    ] = "0-6"

    def rules(self) -> FillInRules:
        """The same as the core takes it: shares from 0 to 1."""
        first, last = (int(hour) % 24 for hour in self.night.split("-"))
        return FillInRules(self.on, float(self.radius), self.gain / 100, self.night_gain / 100, first, last)


class TravelSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """How the room's own cars drive, where the city pack says it otherwise."""

    emergency: Annotated[
        float,
        Meta(
            ge=0,
            le=3,
            description="How much faster than the pack's speeds a unit drives with light and siren: 0.5 to 3; 0: as "
            "the city pack says.",
            extra={"zh": "鸣警笛行驶比城市包所写车速快多少倍：0.5 到 3；0 依城市包。"},
        ),
    ] = 0.0


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything a user may set, each with a default that works."""

    language: Annotated[
        Literal["zh", "en"],
        Meta(
            description="Language of screen and answers: zh or en.",
            extra={"zh": "屏幕与应答的语言：zh 中文，en 英文。"},
        ),
    ] = "zh"
    city: Annotated[
        Name,
        Meta(
            description="City pack: a name in cities/, or the path of a folder.",
            extra={"zh": "城市包：cities/ 中的名称，或目录的路径。"},
        ),
    ] = "zhangzhou"
    store: Annotated[
        str,
        Meta(
            description="File of the journal; ZZ110_STORE and --store win over it. Empty: in the user's data folder.",
            extra={"zh": "案卷库文件；环境变量 ZZ110_STORE 与 --store 优先。不填则在用户数据目录。"},
        ),
    ] = ""
    headline_clock: Annotated[
        Literal["received", "dispatched"],
        Meta(
            description="Which clock the headline 5- and 10-minute rates use: received (the harder one) or dispatched.",
            extra={"zh": "5 分、10 分到场率从何时起算：received 接警时（更严），dispatched 派警时。"},
        ),
    ] = "received"
    timezone: Annotated[
        Name,
        Meta(
            description="Time zone of the clocks on the screen and of days in figures. Stored times are UTC.",
            extra={"zh": "屏幕时钟与统计日所用的时区。存储一律用 UTC。"},
        ),
    ] = "Asia/Shanghai"
    theme: Annotated[
        Name,
        Meta(
            description="Colours: a name in themes/, or the path of a file.",
            extra={"zh": "配色：themes/ 中的名称，或文件路径。"},
        ),
    ] = "night"
    keymap: Annotated[
        Name,
        Meta(
            description="Keys: a name in keymaps/, or the path of a file.",
            extra={"zh": "键位：keymaps/ 中的名称，或文件路径。"},
        ),
    ] = "default"
    layout: Annotated[
        Name,
        Meta(
            description="Where the panes of the desk stand: a name in layouts/, or the path of a file.",
            extra={"zh": "窗格布局：layouts/ 中的名称，或文件路径。"},
        ),
    ] = "default"
    glyphs: Annotated[
        Literal["auto", "ascii", "gb", "narrow", "full"],
        Meta(
            description="Signs the terminal can show: auto, ascii, gb (ASCII and Chinese), narrow (no sign of unsure "
            "width) or full.",
            extra={"zh": "终端可用的符号：auto 自动，ascii，gb ASCII 与汉字，narrow 不用宽度不定的符号，full 全部。"},
        ),
    ] = "auto"
    encoding: Annotated[
        Literal["auto", "utf-8", "gb18030"],
        Meta(
            description="How the terminal writes text: auto (as the locale says), utf-8 or gb18030.",
            extra={"zh": "终端的编码：auto 按区域设置，utf-8 或 gb18030。"},
        ),
    ] = "auto"
    terminal: Annotated[
        Literal["auto", "plain"],
        Meta(
            description="Whether the terminal may be asked anything: auto, or plain for one that prints the question.",
            extra={"zh": "可否向终端提问：auto 可以；plain 不问，用于会把问句显示出来的终端。"},
        ),
    ] = "auto"
    bandwidth: Annotated[
        Literal["auto", "full", "low"],
        Meta(
            description="What the line to the terminal carries: auto (measured), full, or low, which gathers changes.",
            extra={"zh": "到终端的线路：auto 自动测，full 宽，low 窄（合并更新，少传）。"},
        ),
    ] = "auto"
    colour: Annotated[
        Literal["auto", "true", "256", "16", "8", "none"],
        Meta(
            description='Colours the terminal can show: auto, true, 256, 16, 8 or none. Write it as text: "256".',
            extra={"zh": '终端可用的颜色：auto 自动、true、256、16、8、none。写成文字，如 "256"。'},
        ),
    ] = "auto"
    hold: Annotated[
        Seconds,
        Meta(
            description="How long a hold lasts when nobody says (seconds).",
            extra={"zh": "暂缓未写时长时的时长（秒）。"},
        ),
    ] = 900
    lock_after: Annotated[
        int,
        Meta(
            ge=0,
            le=DAY,
            description="Lock the desk after so many seconds without a key. 0: never.",
            extra={"zh": "多少秒不按键自动锁屏；0 不自动锁。"},
        ),
    ] = 0
    desk: DeskSettings = DeskSettings()
    heads: HeadSettings = HeadSettings()
    backup: BackupSettings = BackupSettings()
    archive: ArchiveSettings = ArchiveSettings()
    limits: LimitsByPriority = LimitsByPriority()
    fill_in: FillInSettings = FillInSettings()
    travel: TravelSettings = TravelSettings()
    alarms: AlarmSettings = AlarmSettings()
    aliases: Annotated[
        dict[Name, Name],
        Meta(
            description="Own words for verbs of the desk: new word = verb. A clash is an error at start-up.",
            extra={"zh": "本单位自定的指令别名：新词 = 动词。重名在启动时报错。"},
        ),
    ] = field(default_factory=dict)

    def limits_by_priority(self) -> dict[int, Limits]:
        """Alarm limits as the rulebook takes them: by priority, in milliseconds."""
        by = self.limits
        return {1: by.p1.limits(), 2: by.p2.limits(), 3: by.p3.limits(), 4: by.p4.limits()}
