"""Tickets: sold over HTTPS for a password, good for one link within half a minute, and never written into a URL.

With a ticket comes a pass, with which the same desk gets further tickets for one shift without asking its person again.
A pass is signed, not kept: it lives through a restart of the core, and ends when its user is changed or disabled.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

TICKET_MS = 30_000
PASS_MS = 12 * 3_600_000
MOST_TICKETS = 1_000


@dataclass(frozen=True, slots=True)
class _Sold:
    account: str
    until: int


class Tickets:
    """``now`` gives milliseconds of any clock that does not run backwards."""

    def __init__(self, now: Callable[[], int]) -> None:
        self._now = now
        self._sold: dict[bytes, _Sold] = {}

    def sell(self, account: str) -> str:
        now = self._now()
        self._sold = {name: sold for name, sold in self._sold.items() if sold.until > now}
        if len(self._sold) >= MOST_TICKETS:
            self._sold.pop(next(iter(self._sold)))
        ticket = secrets.token_urlsafe(24)
        self._sold[_name(ticket)] = _Sold(account, now + TICKET_MS)
        return ticket

    def redeem(self, ticket: str) -> str | None:
        """The account that it was sold to; None for one that never was, is used, or too old. It is used then."""
        sold = self._sold.pop(_name(ticket), None)
        return sold.account if sold is not None and sold.until > self._now() else None


def _name(ticket: str) -> bytes:
    """What is kept of a ticket: looking it up tells nothing about others, and memory gives none away."""
    return sha256(ticket.encode("utf-8", "replace")).digest()


def make_pass(key: bytes, account: str, generation: int, now: int) -> str:
    """A pass of an account until one shift from now (UTC ms)."""
    body = json.dumps([account, generation, now + PASS_MS], separators=(",", ":"), ensure_ascii=False).encode()
    return f"{_text(body)}.{_text(_signed(key, body))}"


def read_pass(key: bytes, given: str, now: int) -> tuple[str, int] | None:
    """Account and generation of a pass that we signed and that is still good; None for anything else."""
    try:
        body, signature = (base64.urlsafe_b64decode(part + "==") for part in given.split("."))
        if not key or not hmac.compare_digest(_signed(key, body), signature):
            return None
        account, generation, until = json.loads(body)
    except (ValueError, binascii.Error, TypeError):
        return None
    return (account, generation) if until > now else None


def _signed(key: bytes, body: bytes) -> bytes:
    return hmac.digest(key, b"zz110 pass\0" + body, "sha256")


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
