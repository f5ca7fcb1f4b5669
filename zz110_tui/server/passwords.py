"""Passwords: kept as argon2id hashes (RFC 9106, 64 MiB), checked as long whether or not there is such a user."""

from __future__ import annotations

import secrets
import unicodedata
from functools import cache

from zz110_tui.core.trouble import Trouble

LEAST = 10
MOST = 200


def hashed(password: str) -> str:
    """The hash to keep. Raises Trouble for a password that is too short or too long."""
    from argon2 import PasswordHasher

    plain = _normal(password)
    if not LEAST <= len(plain) <= MOST:
        raise Trouble(
            "密码太短或太长 / the password is too short or too long",
            f"{len(plain)}",
            f"用 {LEAST} 到 {MOST} 个字 / use {LEAST} to {MOST} characters",
            exit_code=2,
        )
    return PasswordHasher().hash(plain)


def matches(kept: str, password: str) -> bool:
    """Whether a password is the one that was kept; "" (no password) is never matched, and takes as long to say so."""
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        PasswordHasher().verify(kept or _nobodys(), _normal(password)[:MOST])
    except (VerificationError, InvalidHashError):
        return False
    return bool(kept)


@cache
def _nobodys() -> str:
    """The hash of a password that nobody has."""
    from argon2 import PasswordHasher

    return PasswordHasher().hash(secrets.token_hex(16))


def _normal(password: str) -> str:
    """The same characters typed on another keyboard are the same password."""
    return unicodedata.normalize("NFKC", password)
