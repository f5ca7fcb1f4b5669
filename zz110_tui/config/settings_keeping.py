"""What a user may set about what is kept: signed heads, backups, archived years. Part of the model in ``settings``."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

_DAY = 86_400


class HeadSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Signed heads, kept where whoever can write the store cannot write (docs/journal.md)."""

    file: Annotated[
        str,
        Meta(
            max_length=1000,
            description="File the signed heads are added to, best on another machine's mount. Empty: none are written.",
            extra={"zh": "签名链头写入的文件，最好在另一台机器的挂载上。不填则不写。"},
        ),
    ] = ""
    key: Annotated[
        str,
        Meta(
            max_length=1000,
            description="Private key that signs them (zz110 journal keygen).",
            extra={"zh": "签名用的私钥文件（zz110 journal keygen 生成）。"},
        ),
    ] = ""
    every: Annotated[
        Annotated[int, Meta(ge=1, le=7 * _DAY)],
        Meta(description="How often, in seconds, while a core runs.", extra={"zh": "核心运行时多久写一次（秒）。"}),
    ] = 300


class BackupSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Backups that were tested (docs/backup.md)."""

    folder: Annotated[
        str,
        Meta(
            max_length=1000,
            description="Folder the backups go to, on another disk or machine.",
            extra={"zh": "备份所在目录，放在另一块盘或另一台机器上。"},
        ),
    ] = ""
    key: Annotated[
        str,
        Meta(
            max_length=1000,
            description="Key they are encrypted with (zz110 backup keygen). Empty: not encrypted.",
            extra={"zh": "加密用的密钥文件（zz110 backup keygen 生成）。不填则不加密。"},
        ),
    ] = ""
    keep: Annotated[
        int,
        Meta(ge=1, le=10_000, description="How many of a store are kept.", extra={"zh": "每个库保留几份。"}),
    ] = 14
    every: Annotated[
        int,
        Meta(
            ge=0,
            le=31 * _DAY,
            description="How often zz110 serve makes one, in seconds; 0: never, cron does it.",
            extra={"zh": "zz110 serve 多久备份一次（秒）；0 不做，由 cron 做。"},
        ),
    ] = 0


class ArchiveSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Years that were moved out of the store (docs/journal.md)."""

    folders: Annotated[
        str,
        Meta(
            max_length=4000,
            description="Folders the archives are in now, a colon between two; each is known by its hash. "
            "Empty: where they were put, or beside the store.",
            extra={"zh": "归档现在所在的目录，多个用冒号隔开；按哈希辨认。不填则在归档时的位置或库旁边找。"},
        ),
    ] = ""
