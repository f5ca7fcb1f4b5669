"""Signed heads (Ed25519): the last position and hash of the journal, and of the security record beside it, kept where
whoever writes the two cannot write.

Whoever holds the store's file can compute every hash anew; nobody without the key can sign the head that goes with
them. A signed head is one line of JSON::

    {"head":2,"store":"9c…","kind":"live","p":12,"h":"9f86…","t":1700000041000,"key":"51b0…","sn":7,"sh":"c4…","sig":"…"}

``sn`` and ``sh`` are the security record's last note and its hash. One of the journal alone is ``"head":1`` and has
neither: older programs signed such heads. ``sig`` is over ``zz110 head 2`` (or 1), a line feed, and the line without
its ``sig``. ``key`` is the beginning of the SHA-256 of the public key. ``cryptography`` is imported when something is
signed or checked.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from zz110_tui.core.trouble import Trouble
from zz110_tui.store.journal import Head, Stamp
from zz110_tui.store.keyfiles import no_key, read_file, read_secret, write_new

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

PREFIX = b"zz110 head %d\n"
KEY_ID_LETTERS = 16
MOST_LINE_BYTES = 2_000


class _Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    head: Literal[1, 2]
    store: str
    kind: Literal["live", "drill"]
    p: int
    h: str
    t: int
    key: str
    sn: int | msgspec.UnsetType = msgspec.UNSET
    sh: str | msgspec.UnsetType = msgspec.UNSET
    sig: str = ""


@dataclass(frozen=True, slots=True)
class SignedHead:
    """``at`` (UTC ms) is when it was signed, ``key`` by which key, ``signature`` 64 bytes not yet believed.
    ``record`` is the security record's head; None: it says nothing of that one."""

    store: str
    kind: Literal["live", "drill"]
    head: Head
    at: int
    key: str
    record: Head | None = None
    signature: bytes = b""

    def line(self) -> bytes:
        """Without a line feed."""
        return msgspec.json.encode(self._line(base64.b64encode(self.signature).decode()))

    def _line(self, sig: str) -> _Line:
        head, record = self.head, self.record
        if record is None:
            return _Line(1, self.store, self.kind, head.position, head.hash.hex(), self.at, self.key, sig=sig)
        both = (record.position, record.hash.hex())
        return _Line(2, self.store, self.kind, head.position, head.hash.hex(), self.at, self.key, *both, sig)

    def signed_bytes(self) -> bytes:
        line = self._line("")
        record = msgspec.to_builtins(line)
        del record["sig"]
        return PREFIX % line.head + msgspec.json.encode(record)


class Signer:
    """Signs heads with a private key. Raises Trouble for a file that is none, or that others can read."""

    def __init__(self, path: Path) -> None:
        self._key = _private(path)
        self.key_id = key_id(self._key.public_key().public_bytes_raw())

    def sign(self, stamp: Stamp, head: Head, at: int, record: Head | None = None) -> SignedHead:
        unsigned = SignedHead(stamp.id, stamp.kind, head, at, self.key_id, record)
        return replace(unsigned, signature=self._key.sign(unsigned.signed_bytes()))


class Checker:
    """Believes heads that one of these public keys signed. Raises Trouble for a file that is no public key."""

    def __init__(self, paths: list[Path]) -> None:
        keys = [_public(path) for path in paths]
        self._keys = {key_id(key.public_bytes_raw()): key for key in keys}

    def believes(self, signed: SignedHead) -> bool:
        from cryptography.exceptions import InvalidSignature

        key = self._keys.get(signed.key)
        if key is None:
            return False
        try:
            key.verify(signed.signature, signed.signed_bytes())
        except InvalidSignature:
            return False
        return True

    def knows(self, signed: SignedHead) -> bool:
        """Whether the key that it names is one of ours."""
        return signed.key in self._keys


def key_id(public: bytes) -> str:
    return sha256(public).hexdigest()[:KEY_ID_LETTERS]


def parse_head(line: bytes) -> SignedHead | None:
    """A line as it was written; None for anything else. Its signature is not looked at."""
    try:
        found = msgspec.json.decode(line, type=_Line)
        head, record = _head(found.p, found.h), None
        if found.head == 2:
            record = _head(found.sn, found.sh)
        signature = base64.b64decode(found.sig, validate=True)
    except (msgspec.MsgspecError, ValueError, RecursionError, binascii.Error):
        return None
    if len(line) > MOST_LINE_BYTES or not 0 <= found.t < 1 << 63:
        return None
    return SignedHead(found.store, found.kind, head, found.t, found.key, record, signature)


def _head(position: int | msgspec.UnsetType, hashed: str | msgspec.UnsetType) -> Head:
    """Raises ValueError for what is none."""
    if isinstance(position, int) and isinstance(hashed, str) and 0 <= position < 1 << 63:
        chain = bytes.fromhex(hashed)
        if len(chain) == 32:
            return Head(position, chain)
    raise ValueError("no head")


def make_key(path: Path) -> tuple[Path, str]:
    """A new pair: the private key at ``path`` (0600), the public one beside it. The public key's path and its id.

    Raises Trouble; neither file may be there yet.
    """
    from cryptography.hazmat.primitives import serialization as s
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate()
    public = path.with_name(path.name + ".pub")
    write_new(path, key.private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, s.NoEncryption()), 0o600)
    try:
        write_new(public, key.public_key().public_bytes(s.Encoding.PEM, s.PublicFormat.SubjectPublicKeyInfo), 0o644)
    except Trouble:
        path.unlink(missing_ok=True)
        raise
    return public, key_id(key.public_key().public_bytes_raw())


def _private(path: Path) -> Ed25519PrivateKey:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(read_secret(path), None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as fault:
        raise no_key(path) from fault
    if not isinstance(key, Ed25519PrivateKey):
        raise no_key(path)
    return key


def _public(path: Path) -> Ed25519PublicKey:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(read_file(path))
    except (ValueError, UnsupportedAlgorithm) as fault:
        raise no_key(path) from fault
    if not isinstance(key, Ed25519PublicKey):
        raise no_key(path)
    return key
