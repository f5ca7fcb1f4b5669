"""The work behind ``zz110 user``."""

from __future__ import annotations

import getpass
import re
import sys
import time
from datetime import datetime

from zz110_tui.cli import output
from zz110_tui.cli.diagnostics import say
from zz110_tui.cli.exits import USAGE
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.surroundings import Surroundings, look_around
from zz110_tui.config.problems import both
from zz110_tui.core.cleaning import clean
from zz110_tui.core.desks import Duty
from zz110_tui.core.terms import term
from zz110_tui.core.trouble import Trouble
from zz110_tui.language.scene import zone
from zz110_tui.server.passwords import hashed
from zz110_tui.server.people import EVERY_DUTY
from zz110_tui.server.totp import new_secret, uri
from zz110_tui.server.userfile import User, UserFile
from zz110_tui.store.beside import users_of

ACCOUNT = re.compile(r"[0-9A-Za-z_][0-9A-Za-z_.@-]{0,63}")


def add_user(invocation: Invocation, account: str, name: str, may: str, *, password: bool, totp: bool) -> None:
    """Raises Trouble for an account that is there already, and for what cannot be an account, a name or a duty."""
    around = look_around(invocation)
    if not ACCOUNT.fullmatch(account):
        raise _usage("账号写法不对", "this is no account", ascii(account)[:80], "A-Z a-z 0-9 _ . @ -")
    shown = clean(name).strip()
    if not 0 < len(shown) <= 40:
        raise _usage("姓名写法不对", "this is no name", shown[:80], "1–40")
    granted = duties_of(may)
    users = UserFile(users_of(around.store), create=True)
    users.check(account, known=False)
    kept = hashed(_new_password(around, account)) if password else ""
    secret = new_secret() if totp else ""
    users.add(User(account, shown, granted, kept, secret, changed=_now()))
    users.close()
    say(
        around.say(
            f"已登记 {account}（{shown}）：{_said(granted, 'zh')}", f"{account} ({shown}): {_said(granted, 'en')}"
        )
    )
    if secret:
        output.text(uri(account, secret))


def list_users(invocation: Invocation, as_json: bool) -> None:
    around = look_around(invocation)
    users = UserFile(users_of(around.store))
    everybody = users.all()
    users.close()
    if as_json:
        output.document(
            [
                {
                    "account": user.account,
                    "name": user.name,
                    "duties": [duty.value for duty in user.duties],
                    "password": bool(user.password),
                    "totp": bool(user.totp),
                    "disabled": user.disabled,
                    "changed": user.changed,
                }
                for user in everybody
            ]
        )
        return
    language = around.language
    heads = (
        ("账号", "姓名", "职责", "密码", "验证码", "状态")
        if language == "zh"
        else ("account", "name", "duties", "password", "code", "state")
    )
    yes = around.say("有", "yes")
    output.table(
        heads,
        [
            (
                user.account,
                user.name,
                _said(user.duties, language),
                yes if user.password else "-",
                yes if user.totp else "-",
                around.say("停用", "disabled") if user.disabled else around.say("可用", "enabled"),
            )
            for user in everybody
        ],
    )


def change_password(invocation: Invocation, account: str) -> None:
    around = look_around(invocation)
    users = UserFile(users_of(around.store))
    users.check(account, known=True)
    users.change(account, _now(), password=hashed(_new_password(around, account)))
    say(around.say(f"{account} 的密码已改", f"the password of {account} has been changed"))


def change_duties(invocation: Invocation, account: str, may: str) -> None:
    around = look_around(invocation)
    user = UserFile(users_of(around.store)).change(account, _now(), duties=duties_of(may))
    say(around.say(f"{account}：{_said(user.duties, 'zh')}", f"{account}: {_said(user.duties, 'en')}"))


def change_totp(invocation: Invocation, account: str, off: bool) -> None:
    around = look_around(invocation)
    secret = "" if off else new_secret()
    UserFile(users_of(around.store)).change(account, _now(), totp=secret)
    if secret:
        output.text(uri(account, secret))
    else:
        say(around.say(f"{account} 不再需要验证码", f"{account} needs no code any more"))


def set_disabled(invocation: Invocation, account: str, disabled: bool) -> None:
    around = look_around(invocation)
    UserFile(users_of(around.store)).change(account, _now(), disabled=disabled)
    zh, en = ("已停用", "disabled") if disabled else ("已启用", "enabled")
    say(around.say(f"{account} {zh}", f"{account} is {en}"))


def show_tries(invocation: Invocation, count: int, as_json: bool) -> None:
    around = look_around(invocation)
    users = UserFile(users_of(around.store))
    tries = users.tries(count)
    users.close()
    if as_json:
        output.document([{"at": t.at, "account": t.account, "address": t.address, "result": t.result} for t in tries])
        return
    where = zone(around.timezone_in(None))
    output.table(
        ("时间", "账号", "地址", "结果") if around.language == "zh" else ("time", "account", "address", "result"),
        [
            (
                datetime.fromtimestamp(t.at / 1000, where).strftime("%Y-%m-%d %H:%M:%S"),
                t.account,
                t.address,
                t.result,
            )
            for t in tries
        ],
    )


def duties_of(may: str) -> tuple[Duty, ...]:
    """Raises Trouble for a word that is no duty, and for none at all."""
    words = [word.strip() for word in may.split(",") if word.strip()]
    by_word = {duty.value: duty for duty in EVERY_DUTY}
    unknown = [word for word in words if word not in by_word]
    if unknown or not words:
        raise _usage("没有这样的职责", "there is no such duty", ", ".join(map(ascii, unknown)), ",".join(by_word))
    return tuple(dict.fromkeys(by_word[word] for word in words))


def _new_password(around: Surroundings, account: str) -> str:
    """From the terminal, twice; or the first line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass(around.say(f"{account} 的新密码：", f"new password of {account}: "))
    if getpass.getpass(around.say("再输一遍：", "once more: ")) != first:
        raise _usage("两次输入不同", "the two are not the same", account, "zz110 user passwd")
    return first


def _said(duties: tuple[Duty, ...], language: str) -> str:
    return ("、" if language == "zh" else ", ").join(term(duty, language) for duty in duties)


def _usage(zh: str, en: str, cause: str, remedy: str) -> Trouble:
    return Trouble(both(zh, en), cause, remedy, exit_code=USAGE)


def _now() -> int:
    return time.time_ns() // 1_000_000
