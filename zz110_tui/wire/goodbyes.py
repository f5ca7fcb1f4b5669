"""Why a link ends: a code, the words in both languages, and whether to try again. Codes are public and stable."""

from __future__ import annotations

from zz110_tui.core.cleaning import clean
from zz110_tui.core.records import dataclass
from zz110_tui.core.rulebook import Words
from zz110_tui.wire.frames import Bye

MOST_SAID = 2_000


@dataclass(frozen=True, slots=True)
class Goodbye:
    """The end of a link. ``by_peer``: the other side ended it, and these are its words, made harmless."""

    code: str
    zh: str
    en: str
    again: bool = False
    by_peer: bool = False

    def sentence(self, language: str) -> str:
        return self.zh if language == "zh" else self.en

    def frame(self) -> Bye:
        return Bye(self.code, self.zh[:MOST_SAID], self.en[:MOST_SAID], self.again)


@dataclass(frozen=True, slots=True)
class _Ending:
    words: Words
    again: bool = False


def goodbye(code: str, **values: object) -> Goodbye:
    """The goodbye of a code of ours; its words name ``values``."""
    ending = ENDINGS[code]
    said = {name: clean(str(value)) for name, value in values.items()}
    return Goodbye(code, ending.words.zh.format_map(said), ending.words.en.format_map(said), ending.again)


def from_peer(bye: Bye) -> Goodbye:
    """A goodbye that came over the link, of whatever version: its words are shown, so they are cleaned."""
    return Goodbye(clean(bye.code), clean(bye.zh), clean(bye.en), bye.again, by_peer=True)


def _end(zh: str, en: str, *, again: bool = False) -> _Ending:
    return _Ending(Words(zh, en), again)


DEAF = frozenset({"silent", "unheard"})
"""Nobody listens to a goodbye with one of these: the line is dead, in one direction at least."""

ENDINGS: dict[str, _Ending] = {
    "left": _end("席位离开", "the desk left"),
    "closing": _end("核心正在停止；席位会自动重连", "the core is stopping; the desk reconnects by itself", again=True),
    "silent": _end(
        "{seconds} 秒没有对方消息，链路视为中断",
        "nothing was heard for {seconds} s: the link counts as lost",
        again=True,
    ),
    "unheard": _end(
        "{seconds} 秒内本机发出的没有到达对方，链路视为中断",
        "nothing that was sent from here got through for {seconds} s: the link counts as lost",
        again=True,
    ),
    "cut": _end("链路中断", "the link was cut", again=True),
    "too_slow": _end(
        "席位收得太慢，已断开；重连后从断处续传",
        "the desk took in too slowly and was dropped; it resumes where it was",
        again=True,
    ),
    "late_hello": _end("{seconds} 秒内没有招呼", "no hello within {seconds} s"),
    "versions": _end(
        "链路版本不合：核心会 {core}，席位会 {desk}。请把两边装成同一版本",
        "no common version of the link: the core speaks {core}, the desk {desk}; install the same version on both",
    ),
    "desk_older": _end(
        "席位的 zz110（{desk}）比核心的（{core}）旧，不认识：{what}。请升级席位",
        "the desk's zz110 ({desk}) is older than the core's ({core}) and does not know: {what}; upgrade the desk",
    ),
    "core_older": _end(
        "核心的 zz110（{core}）比席位的（{desk}）旧，不认识：{what}。请升级核心，或在席位上用 {core}",
        "the core's zz110 ({core}) is older than the desk's ({desk}) and does not know: {what}; upgrade the core, "
        "or use {core} at the desk",
    ),
    "builds_differ": _end(
        "核心（{core}）与席位（{desk}）对同一内容写法不同：{what}。请把两边装成同一版本",
        "the core ({core}) and the desk ({desk}) write the same thing differently: {what}; install the same version "
        "on both",
    ),
    "other_kind": _end(
        "席位要的是 {asked}，这个核心是 {is_}：演练与实战绝不混用",
        "the desk asks for {asked} and this core is {is_}: drill and live never mix",
    ),
    "unknown_person": _end(
        "账号 {account} 不在用户名单中，或已停用；请管理员用 zz110 user add 登记",
        "the account {account} is not on the list of users, or disabled; an administrator adds it with zz110 user add",
    ),
    "not_your_duty": _end(
        "账号 {account} 没有职责“{duty}”，可用：{has}",
        "the account {account} has not the duty “{duty}”; it has: {has}",
    ),
    "bad_ticket": _end("登录票据无效、已用过或已过期", "the ticket is not valid, was used, or is too old"),
    "bad_login": _end(
        "账号或密码不对，或账号已停用", "the account or its password is wrong, or the account is disabled"
    ),
    "bad_code": _end("一次性验证码不对或已用过", "the one-time code is wrong, or was used"),
    "slow_down": _end("失败次数太多，稍后再试", "too many wrong attempts: try again later"),
    "pass_ended": _end(
        "通行证已失效（超过一个班次，或账号有变动），请重新登录",
        "the pass has ended (one shift is over, or the account was changed): log in again",
    ),
    "too_many_links": _end(
        "账号 {account} 已有 {most} 条链路，达到上限",
        "the account {account} has {most} links already, the most allowed",
    ),
    "room_full": _end("席位已满（{most}）", "the room is full ({most} desks)", again=True),
    "garbage": _end("收到读不懂的内容：{what}", "something that cannot be read came in: {what}"),
    "oversize": _end("收到 {size} 字节，超过上限 {most}", "{size} bytes came in, more than the limit of {most}"),
    "out_of_order": _end("此时不该收到 {what}", "{what} is not expected now"),
    "too_many_waiting": _end("未答复的命令超过 {most} 条", "more than {most} commands wait for their answer at once"),
    "damaged": _end("收到的盘面或事实不对：{what}", "the board or the facts that came are wrong: {what}", again=True),
    "internal": _end("程序内部错误，已留报告", "an internal error; a report was left", again=True),
}
