"""The file a backup is kept in: a header that can be read, pieces that are compressed and, with a key, encrypted.

::

    zz110bk1 | header's length (4) | header, JSON | pieces … | zz110end | SHA-256 of everything before
    a piece:   length (4, highest bit: the last one) | bytes

A piece is 1 MiB, compressed (zlib), and with a key sealed with AES-256-GCM under a key of this file alone
(HKDF-SHA256 of the key and the header's salt). Its number and whether it is the last are the nonce, the header is
authenticated with every piece: pieces that are changed, left out, swapped, or taken from another file do not open.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal, Protocol

import msgspec

from zz110_tui.core.trouble import Trouble
from zz110_tui.store.keyfiles import no_key, read_secret, write_new

if TYPE_CHECKING:
    from typing import Any

MAGIC = b"zz110bk1"
END = b"zz110end"
FOOT = len(END) + 32
PIECE = 1 << 20
LAST = 1 << 31
MOST_PIECE = PIECE + 4096
"""A piece that cannot be compressed is a little larger."""
MOST_HEADER = 1 << 20
LEVEL = 3
"""zlib's: 2 % larger than 6 on entries, twice as fast."""

KEY_BYTES = 32
INFO = b"zz110 backup 1"
BAD_DATA = 65
NO_INPUT = 66


class Reference(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An archive that entries ``first`` to ``last`` are in, and the SHA-256 of its file ("": it was out of reach)."""

    first: int
    last: int
    file: str
    sha256: str


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What anybody may know of a backup: nothing of what happened, only how much of it. ``made`` is UTC ms.

    ``archives`` hold the entries up to ``base``; ``users``: the list of users is in it. Backups of before these
    were kept have neither.
    """

    backup: Literal[1]
    store: str
    kind: Literal["live", "drill"]
    created: int
    position: int
    hash: str
    base: int
    made: int
    program: str
    cipher: Literal["none", "aes-256-gcm"]
    key: str = ""
    salt: str = ""
    archives: tuple[Reference, ...] = ()
    users: bool = False


class Hash(Protocol):
    def update(self, data: bytes, /) -> None: ...
    def digest(self) -> bytes: ...


def make_backup_key(path: Path) -> str:
    """A new key file (0600): 64 hex digits and a line feed. Its id. Raises Trouble; it must not be there yet."""
    key = os.urandom(KEY_BYTES)
    write_new(path, key.hex().encode() + b"\n", 0o600)
    return key_id(key)


def read_backup_key(path: Path) -> bytes:
    """Raises Trouble for a file that is not there, that others can read, or that holds no such key."""
    text = read_secret(path).strip()
    try:
        key = bytes.fromhex(text.decode("ascii"))
    except ValueError as fault:
        raise no_key(path) from fault
    if len(key) != KEY_BYTES:
        raise no_key(path)
    return key


def key_id(key: bytes) -> str:
    return sha256(b"zz110 backup key id" + key).hexdigest()[:16]


class _Seal:
    """Opens and closes the pieces of one file, in order."""

    def __init__(self, header: Header, head_bytes: bytes, key: bytes | None) -> None:
        self._number = 0
        self._about = sha256(head_bytes).digest()
        self._cipher: Any = None
        if header.cipher != "none":
            from cryptography.hazmat.primitives.ciphers.aead import AESGCM
            from cryptography.hazmat.primitives.hashes import SHA256
            from cryptography.hazmat.primitives.kdf.hkdf import HKDF

            assert key is not None
            self._cipher = AESGCM(HKDF(SHA256(), 32, bytes.fromhex(header.salt), INFO).derive(key))

    def _nonce(self, last: bool) -> bytes:
        self._number += 1
        return self._number.to_bytes(11, "big") + (b"\1" if last else b"\0")

    def close(self, piece: bytes, last: bool) -> bytes:
        packed = zlib.compress(piece, LEVEL)
        nonce = self._nonce(last)
        return packed if self._cipher is None else bytes(self._cipher.encrypt(nonce, packed, self._about))

    def open(self, sealed: bytes, last: bool) -> bytes:
        """Raises ValueError for a piece that is not the one that was closed."""
        nonce = self._nonce(last)
        if self._cipher is not None:
            from cryptography.exceptions import InvalidTag

            try:
                sealed = self._cipher.decrypt(nonce, sealed, self._about)
            except InvalidTag as fault:
                raise ValueError("does not open") from fault
        unpacker = zlib.decompressobj()
        try:
            piece = unpacker.decompress(sealed, PIECE + 1)
        except zlib.error as fault:
            raise ValueError("does not unpack") from fault
        if len(piece) > PIECE or not unpacker.eof or unpacker.unused_data:
            raise ValueError("is no piece")
        return piece


class SealedWriter:
    """Writes one file. Raises OSError. ``written`` counts its bytes."""

    def __init__(self, file: BinaryIO, header: Header, key: bytes | None) -> None:
        self._file = file
        self._sum: Hash = sha256()
        self._buffer = bytearray()
        self.written = 0
        body = msgspec.json.encode(header)
        head = MAGIC + struct.pack(">I", len(body)) + body
        self._seal = _Seal(header, head, key)
        self._put(head)

    def _put(self, data: bytes) -> None:
        self._sum.update(data)
        self._file.write(data)
        self.written += len(data)

    def write(self, data: bytes) -> None:
        self._buffer += data
        while len(self._buffer) > PIECE:
            self._piece(bytes(self._buffer[:PIECE]), last=False)
            del self._buffer[:PIECE]

    def _piece(self, piece: bytes, *, last: bool) -> None:
        sealed = self._seal.close(piece, last)
        self._put(struct.pack(">I", len(sealed) | (LAST if last else 0)) + sealed)

    def finish(self) -> bytes:
        """End the file; its SHA-256 up to here."""
        self._piece(bytes(self._buffer), last=True)
        self._put(END)
        digest = self._sum.digest()
        self._put(digest)
        return digest


def read_header(path: Path) -> Header:
    """Raises Trouble for a file that is not there, is no backup, or whose end is missing."""
    with _open(path) as file:
        header, _ = _head_of(path, file)
        size = os.fstat(file.fileno()).st_size
        file.seek(max(0, size - FOOT))
        if file.read(len(END)) != END:
            raise damaged(path, "末尾缺失：没有写完或被截断 / its end is missing: never finished, or cut off")
    return header


def open_sealed(path: Path, key: bytes | None) -> tuple[Header, Iterator[bytes]]:
    """The header, and the pieces as they were before they were sealed.

    Raises Trouble, also while iterating: no such file, no backup, another key or none, damaged, cut off. The checksum
    of the whole file is judged before the last piece is given.
    """
    file = _open(path)
    try:
        header, head = _head_of(path, file)
        _check_key(path, header, key)
        return header, _pieces(path, file, head, _Seal(header, head, key))
    except BaseException:
        file.close()
        raise


def _pieces(path: Path, file: BinaryIO, head: bytes, seal: _Seal) -> Iterator[bytes]:
    total = sha256(head)
    number, last = 0, False
    with file:
        while not last:
            number += 1
            raw = _exactly(path, file, 4)
            (length,) = struct.unpack(">I", raw)
            last = bool(length & LAST)
            length &= LAST - 1
            if length > MOST_PIECE:
                raise damaged(path, f"第 {number} 块的长度不对 / the length of piece {number} is wrong")
            sealed = _exactly(path, file, length)
            total.update(raw + sealed)
            try:
                piece = seal.open(sealed, last)
            except ValueError as fault:
                cause = (
                    f"第 {number} 块打不开：被改动、遗漏或调换 / piece {number} does not open: changed, missing, "
                    f"swapped"
                )
                raise damaged(path, cause) from fault
            if last:
                total.update(END)
                if _exactly(path, file, FOOT) != END + total.digest() or file.read(1):
                    raise damaged(path, "校验和不符 / the checksum is not that of the file")
            yield piece


def _exactly(path: Path, file: BinaryIO, count: int) -> bytes:
    try:
        data = file.read(count)
    except OSError as fault:
        raise damaged(path, fault.strerror or "") from fault
    if len(data) != count:
        raise damaged(path, "文件不完整 / the file is cut off")
    return data


def _head_of(path: Path, file: BinaryIO) -> tuple[Header, bytes]:
    magic = file.read(len(MAGIC) + 4)
    if len(magic) != len(MAGIC) + 4 or not magic.startswith(MAGIC):
        raise Trouble(
            "这不是 zz110 的备份 / this is no backup of zz110",
            str(path),
            "zz110 backup list 列出备份 / zz110 backup list says which there are",
            exit_code=BAD_DATA,
        )
    (length,) = struct.unpack(">I", magic[len(MAGIC) :])
    body = _exactly(path, file, min(length, MOST_HEADER))
    try:
        header = msgspec.json.decode(body, type=Header)
        bytes.fromhex(header.salt + header.hash)
    except (msgspec.MsgspecError, ValueError) as fault:
        raise damaged(
            path, "头部读不懂，或由较新的 zz110 写成 / its header cannot be read, or a newer zz110 wrote it"
        ) from fault
    return header, magic + body


def _check_key(path: Path, header: Header, key: bytes | None) -> None:
    if header.cipher == "none":
        return
    if key is None or key_id(key) != header.key:
        has = key_id(key) if key is not None else "—"
        raise Trouble(
            "备份已加密，密钥不对 / the backup is encrypted, and this is not its key",
            f"{path}: {header.key} ≠ {has}",
            "用 --key 给出当时的密钥文件；没有它谁也打不开 / give the key of that time with --key; without it nobody "
            "opens it",
            exit_code=BAD_DATA,
        )


def _open(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as fault:
        raise Trouble(
            "备份读不了 / the backup cannot be read",
            f"{path}: {fault.strerror}",
            "检查路径和权限；zz110 backup list 列出备份 / check the path and the permissions; see zz110 backup list",
            exit_code=NO_INPUT,
        ) from fault


def damaged(path: Path, cause: str) -> Trouble:
    return Trouble(
        "备份已损坏 / the backup is damaged",
        f"{path}: {cause}",
        "用另一份：zz110 backup list / use another one: zz110 backup list",
        exit_code=BAD_DATA,
    )
