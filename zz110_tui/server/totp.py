"""One-time codes from a phone (RFC 6238): HMAC-SHA-1, six digits, a new one every 30 seconds."""

from __future__ import annotations

import base64
import hmac
import secrets
from urllib.parse import quote

STEP_MS = 30_000
DIGITS = 6
SLACK = 1
"""Steps before and after the present one that are taken too: clocks differ, and typing takes a while."""


def new_secret() -> str:
    """160 random bits in base32, as authenticator apps take them."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def code_at(secret: str, step: int) -> str:
    """The code of one step (``now // STEP_MS``). Raises ValueError for a secret that is no base32."""
    digest = hmac.digest(base64.b32decode(secret, casefold=True), step.to_bytes(8, "big"), "sha1")
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFF_FFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def matching_step(secret: str, code: str, now: int, after: int) -> int | None:
    """The step that ``code`` is of, at ``now`` (UTC ms); None for a wrong one.

    Steps up to ``after`` count no more: a code is good once, also for whoever looked over a shoulder.
    """
    present = now // STEP_MS
    found = None
    for step in range(present - SLACK, present + SLACK + 1):
        if hmac.compare_digest(code_at(secret, step).encode(), code.encode("utf-8", "replace")) and step > after:
            found = step
    return found


def uri(account: str, secret: str) -> str:
    """What a QR code for an authenticator app holds."""
    label = quote(f"zz110:{account}")
    return (
        f"otpauth://totp/{label}?secret={secret}&issuer=zz110&algorithm=SHA1&digits={DIGITS}&period={STEP_MS // 1000}"
    )
