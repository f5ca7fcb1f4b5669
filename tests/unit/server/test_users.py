"""The list of users, passwords, one-time codes, tickets and passes: each good for what it is for and nothing else."""

from __future__ import annotations

import base64
import stat
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zz110_tui.core.desks import Duty
from zz110_tui.core.trouble import Trouble
from zz110_tui.server import totp
from zz110_tui.server.passwords import hashed, matches
from zz110_tui.server.people import Person
from zz110_tui.server.tickets import PASS_MS, TICKET_MS, Tickets, make_pass, read_pass
from zz110_tui.server.userfile import Try, User, UserFile

LI = User("li", "李警官", (Duty.DISPATCH, Duty.TAKE), changed=5)
RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.fixture
def users(tmp_path: Path) -> UserFile:
    return UserFile(tmp_path / "room.zz110.users", create=True)


# -- the list ----------------------------------------------------------------------------------------------------------


def test_a_user_is_found_as_he_was_added(users: UserFile) -> None:
    users.add(LI)
    assert users.get("li") == LI
    assert users.find("li") == Person("li", "李警官", (Duty.DISPATCH, Duty.TAKE))
    assert users.find("LI") is None
    assert users.all() == (LI,)


def test_only_its_owner_can_read_the_list(users: UserFile) -> None:
    assert stat.S_IMODE(users.path.stat().st_mode) == 0o600


def test_a_change_is_seen_by_a_core_that_has_the_list_open_and_ends_what_was_granted(users: UserFile) -> None:
    users.add(LI)
    serving = UserFile(users.path)
    assert serving.find("li") is not None
    users.change("li", 9, disabled=True)
    assert serving.find("li") is None
    changed = serving.get("li")
    assert changed is not None
    assert (changed.generation, changed.changed, changed.disabled) == (2, 9, True)
    assert users.change("li", 10, disabled=False, name="李队").generation == 3
    assert serving.find("li") == Person("li", "李队", LI.duties)


def test_an_account_is_there_once_and_only_what_is_there_can_be_changed(users: UserFile) -> None:
    users.add(LI)
    with pytest.raises(Trouble, match="already"):
        users.add(LI)
    with pytest.raises(Trouble, match="not on the list"):
        users.change("wang", 1, disabled=True)


def test_without_a_list_nobody_is_on_it_until_there_is_one(tmp_path: Path) -> None:
    path = tmp_path / "room.zz110.users"
    serving = UserFile(path)
    assert serving.find("li") is None
    assert serving.key() == b""
    with pytest.raises(Trouble, match="no list"):
        serving.note(Try(1, "li", "::1", "wrong"))
    assert not path.exists()
    UserFile(path, create=True).add(LI)
    assert serving.find("li") is not None


@pytest.mark.parametrize("content", [b"not a database, only a text that is long enough" * 20, b"SQLite format 3\0"])
def test_another_file_is_not_taken_for_a_list(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "room.zz110.users"
    path.write_bytes(content)
    with pytest.raises(Trouble):
        UserFile(path).find("li")
    assert path.read_bytes() == content


def test_a_store_is_no_list(tmp_path: Path) -> None:
    from zz110_tui.store.open import open_journal

    open_journal(tmp_path / "room.zz110", "drill").close()
    with pytest.raises(Trouble, match="no list"):
        UserFile(tmp_path / "room.zz110", create=True)


def test_tries_are_kept_and_failures_counted_by_address_and_account(users: UserFile) -> None:
    for at, account, address, result in (
        (1, "li", "a", "wrong"),
        (2, "li", "a", "ok"),
        (3, "li", "b", "wrong"),
        (4, "wang", "a", "code"),
        (5, "wang", "a", "code_wanted"),
        (6, "li", "a", "slow_down"),
    ):
        users.note(Try(at, account, address, result))
    assert [tried.at for tried in users.tries(3)] == [4, 5, 6]
    assert users.failures(0, "a") == 2
    assert users.failures(0, "a", "li") == 1
    assert users.failures(2, "a", "li") == 0
    assert users.failures(0, "c") == 0


# -- passwords ---------------------------------------------------------------------------------------------------------


def test_a_password_is_kept_as_its_argon2id_hash_and_matched() -> None:
    kept = hashed("漳州一一零指挥中心值班")
    assert kept.startswith("$argon2id$v=19$m=65536")
    assert matches(kept, "漳州一一零指挥中心值班")
    assert not matches(kept, "漳州一一零指挥中心值班 ")
    assert hashed("漳州一一零指挥中心值班") != kept, "salted"


def test_full_width_letters_of_an_input_method_are_the_same_password() -> None:
    assert matches(hashed("Correct-Horse-9"), "Ｃorrect-Ｈorse-９")


@pytest.mark.parametrize("password", ["", "short", "x" * 9, "x" * 201])
def test_a_password_that_is_too_short_or_too_long_is_not_taken(password: str) -> None:
    with pytest.raises(Trouble, match="too short or too long"):
        hashed(password)


def test_no_password_is_matched_by_nothing() -> None:
    assert not matches("", "")
    assert not matches("", "anything at all")
    assert not matches("damaged", "anything at all")


# -- one-time codes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_codes_are_those_of_rfc_6238(seconds: int, code: str) -> None:
    """Appendix B; its codes have eight digits, ours are the last six of them."""
    assert totp.code_at(RFC_SECRET, seconds // 30) == code[-6:]


def test_a_code_is_good_for_a_step_before_and_after_and_once() -> None:
    now = 1_700_000_000_000
    step = now // totp.STEP_MS
    for offset, good in ((-2, False), (-1, True), (0, True), (1, True), (2, False)):
        found = totp.matching_step(RFC_SECRET, totp.code_at(RFC_SECRET, step + offset), now, 0)
        assert found == (step + offset if good else None)
    assert totp.matching_step(RFC_SECRET, totp.code_at(RFC_SECRET, step), now, step) is None
    assert totp.matching_step(RFC_SECRET, "", now, 0) is None
    assert totp.matching_step(RFC_SECRET, "字字字字字字", now, 0) is None


def test_two_who_use_one_code_at_once_are_one(users: UserFile) -> None:
    users.add(LI)
    assert users.use_step("li", 100)
    assert not users.use_step("li", 100)
    assert not users.use_step("li", 99)
    assert users.use_step("li", 101)


def test_what_an_app_is_given_says_how_codes_are_made() -> None:
    secret = totp.new_secret()
    parts = urlsplit(totp.uri("li@room", secret))
    assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    assert asked == {"secret": secret, "issuer": "zz110", "algorithm": "SHA1", "digits": "6", "period": "30"}


# -- tickets and passes ------------------------------------------------------------------------------------------------


class Clock:
    def __init__(self) -> None:
        self.at = 1_000

    def __call__(self) -> int:
        return self.at


def test_a_ticket_is_good_once_and_for_half_a_minute() -> None:
    clock = Clock()
    tickets = Tickets(clock)
    first, second = tickets.sell("li"), tickets.sell("wang")
    assert first != second
    assert tickets.redeem(first) == "li"
    assert tickets.redeem(first) is None, "replayed"
    clock.at += TICKET_MS - 1
    assert tickets.redeem(second) == "wang"
    late = tickets.sell("li")
    clock.at += TICKET_MS
    assert tickets.redeem(late) is None


@given(st.text())
def test_no_other_text_is_a_ticket(text: str) -> None:
    tickets = Tickets(Clock())
    sold = tickets.sell("li")
    assert tickets.redeem(text) is None
    assert tickets.redeem(sold) == "li"


def test_unused_tickets_do_not_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zz110_tui.server.tickets.MOST_TICKETS", 3)
    tickets = Tickets(Clock())
    sold = [tickets.sell("li") for _ in range(5)]
    assert [tickets.redeem(ticket) for ticket in sold] == [None, None, "li", "li", "li"]


def test_a_pass_is_good_for_a_shift_and_only_as_it_was_signed() -> None:
    key = b"k" * 32
    given_out = make_pass(key, "李", 3, 1_000)
    assert read_pass(key, given_out, 1_000) == ("李", 3)
    assert read_pass(key, given_out, 1_000 + PASS_MS - 1) == ("李", 3)
    assert read_pass(key, given_out, 1_000 + PASS_MS) is None
    assert read_pass(b"o" * 32, given_out, 1_000) is None
    assert read_pass(b"", make_pass(b"", "li", 1, 1), 1) is None
    body, signature = given_out.split(".")
    other = make_pass(key, "王", 3, 1_000).split(".")[0]
    for forged in (f"{other}.{signature}", body, "", ".", f"{body}.", f"{body}.{signature}.x", "a.b"):
        assert read_pass(key, forged, 1_000) is None


@given(st.text(max_size=60))
def test_no_text_makes_reading_a_pass_fail(text: str) -> None:
    assert read_pass(b"k" * 32, text, 0) is None
