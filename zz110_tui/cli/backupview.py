"""Backups and rehearsals as documents, rows and words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from pathlib import Path

from zz110_tui.cli.archivefiles import REMEDY
from zz110_tui.cli.documents import Document, clock
from zz110_tui.cli.surroundings import Surroundings
from zz110_tui.config.problems import both
from zz110_tui.service.rehearsal import Against, Rehearsal
from zz110_tui.store.backup import Backup
from zz110_tui.store.beside import ArchiveNow, ArchiveState, UsersState
from zz110_tui.store.sealed import Header, Reference

_AGAINST: dict[Against, tuple[str, str]] = {
    "same": ("在用的库：同一段历史", "the store in use has the same past"),
    "differs": (
        "在用的库：历史不同！其中一份被改写",
        "the store in use has ANOTHER past: one of the two was rewritten",
    ),
    "behind": (
        "在用的库还没到这里：它丢了末尾，或是旧的",
        "the store in use does not reach so far: it lost its tail, or is an old one",
    ),
    "another": ("在用的是另一个库，未比对", "the store in use is another one: not compared"),
    "absent": ("没有在用的库可比对", "there is no store in use to compare with"),
}


_ARCHIVE: dict[ArchiveState, tuple[str, str]] = {
    "same": ("在，未变", "there, unchanged"),
    "changed": (
        "与备份时不同！换上原来的文件；zz110 journal verify 可校验",
        "CHANGED since the backup: put the file of that time there; zz110 journal verify checks one",
    ),
    "missing": ("找不到！", "MISSING"),
    "unsummed": (
        "在；备份里没有它的校验和，未比对",
        "there; the backup holds no checksum of it: not compared",
    ),
}

_USERS: dict[UsersState, tuple[str, str]] = {
    "in_it": ("用户名单在备份中", "the list of users is in it"),
    "absent": ("没有用户名单（.users）", "there is no list of users (.users)"),
    "no_key": (
        "用户名单（.users）不在备份中：没有密钥，口令散列会明放着",
        "the list of users (.users) is NOT in it: without a key the hashes of passwords would lie open",
    ),
    "unreadable": (
        "用户名单（.users）读不了，不在备份中！",
        "the list of users (.users) cannot be read and is NOT in it",
    ),
}

_USERS_REMEDY: dict[UsersState, tuple[str, str]] = {
    "no_key": (
        "用 zz110 backup keygen 生成密钥并设置 backup.key，否则另行复制该文件",
        "make a key with zz110 backup keygen and set backup.key, or copy that file yourself",
    ),
    "unreadable": ("运行 zz110 user list 看原因", "zz110 user list says why"),
}


def users_sentence(state: UsersState, around: Surroundings) -> str:
    remedy = f"\n  → {around.say(*_USERS_REMEDY[state])}" if state in _USERS_REMEDY else ""
    return around.say(*_USERS[state]) + remedy


def users_left_out(state: UsersState) -> dict[str, str]:
    """Cause and remedy, in both languages, of a list of users that did not go along; nothing where it is well."""
    if state not in _USERS_REMEDY:
        return {}
    return {"cause": both(*_USERS[state]), "remedy": both(*_USERS_REMEDY[state])}


def archives_document(archives: Sequence[ArchiveNow]) -> list[Document]:
    return [
        {**_reference(one.reference), "state": one.state, "found": None if one.file is None else str(one.file)}
        for one in archives
    ]


def _reference(one: Reference) -> Document:
    return {"first": one.first, "last": one.last, "file": one.file, "sha256": one.sha256 or None}


def archive_lines(archives: Sequence[ArchiveNow], around: Surroundings) -> list[str]:
    archive, lines = around.say("归档", "archive"), list[str]()
    for one in archives:
        known, here = one.reference, one.file or Path(one.reference.file)
        lines.append(f"  {archive} {known.first}-{known.last}  {here}: {around.say(*_ARCHIVE[one.state])}")
    if any(one.state == "missing" for one in archives):
        lines.append(f"  → {around.say(*REMEDY)}")
    return lines


def backup_document(path: Path, size: int, header: Header) -> Document:
    return {
        "file": str(path),
        "bytes": size,
        "store": header.store,
        "kind": header.kind,
        "position": header.position,
        "hash": header.hash,
        "first": header.base + 1,
        "made_at": header.made,
        "program": header.program,
        "cipher": header.cipher,
        "key": header.key or None,
        "archives": [_reference(one) for one in header.archives],
        "users": header.users,
        "damaged": None,
    }


def table_row(one: Backup, around: Surroundings, there: tzinfo) -> list[str]:
    if one.header is None:
        return [one.path.name, "", "", "", "", size_words(one.size), around.say("已损坏", "damaged"), ""]
    header = one.header
    kind = around.say({"live": "实战", "drill": "演练"}[header.kind], header.kind)
    made = clock(header.made, there)
    users = around.say("在", "in it") if header.users else "-"
    size = size_words(one.size)
    return [one.path.name, header.store[:8], kind, str(header.position), made, size, header.key or "-", users]


def size_words(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size < 1e9 else f"{size / 1e9:.2f} GB"


def rehearsal_document(found: Rehearsal, accounts: int | None) -> Document:
    """``accounts``: how many the list of users in it has, None where it holds no list."""
    fault = found.verdict.fault
    return {
        "good": found.good,
        "position": found.header.position,
        "hash": found.header.hash,
        "made_at": found.header.made,
        "intact": found.verdict.intact,
        "fault": None if fault is None else {"kind": fault.kind.value, "position": fault.position},
        "boards_equal": found.boards,
        "snapshot": found.snapshot or None,
        "live_store": found.live,
        "live_board_equal": found.live_board,
        "archives": archives_document(found.archives),
        "users": accounts,
        "restore_s": round(found.restore_s, 3),
        "start_s": round(found.start_s, 3),
        "replay_s": round(found.replay_s, 3),
    }


def rehearsal_lines(path: Path, found: Rehearsal, accounts: int | None, around: Surroundings) -> list[str]:
    say = around.say
    count = found.header.position - found.header.base
    fault = found.verdict.fault
    chain = say("完好", "intact") if fault is None else fault.sentence(around.language)
    same = {True: say("逐字节相同", "the same byte for byte"), False: say("不同！", "DIFFERENT"), None: ""}
    began = say(
        f"快照（第 {found.snapshot} 条）起算与全部重放",
        f"from the snapshot at {found.snapshot} and from a whole replay",
    )
    live = say(*_AGAINST[found.live])
    if found.live_board is not None:
        live += say("；盘面", "; its board is ") + same[found.live_board]
    none = say("不在备份中；库有名单就要另行复制", "not in it: where the store has one, copy it apart")
    listed = none if accounts is None else say(f"{accounts} 个账号", f"{accounts} accounts")
    head = say("可用", "good") if found.good else say("不可用！", "NOT GOOD")
    return [
        f"{head}: {path}",
        f"  {count}  {found.header.position}:{found.header.hash}",
        say("  哈希链：", "  chain: ") + chain,
        say("  盘面：", "  boards: ") + f"{began}: {same[found.boards]}",
        f"  {live}",
        *archive_lines(found.archives, around),
        say("  用户名单：", "  list of users: ") + listed,
        say(
            f"  真恢复约需 {found.restore_s + found.start_s:.1f} 秒（文件 {found.restore_s:.1f}，启动 "
            f"{found.start_s:.1f}）；"
            f"核对与重放 {found.replay_s:.1f} 秒",
            f"  a real restore takes about {found.restore_s + found.start_s:.1f} s (file {found.restore_s:.1f}, start "
            f"{found.start_s:.1f}); verifying and replaying took {found.replay_s:.1f} s",
        ),
    ]
