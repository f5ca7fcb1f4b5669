"""The work behind ``zz110 backup``."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from zz110_tui.cli import output
from zz110_tui.cli.backupchore import id_of, newest_lacks_users
from zz110_tui.cli.backupview import (
    archive_lines,
    archives_document,
    backup_document,
    rehearsal_document,
    rehearsal_lines,
    size_words,
    table_row,
    users_sentence,
)
from zz110_tui.cli.diagnostics import say
from zz110_tui.cli.exits import NO_INPUT, OK, TROUBLE, USAGE
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.noting import note_reading
from zz110_tui.cli.progress import Progress
from zz110_tui.cli.surroundings import Surroundings, look_around
from zz110_tui.config.problems import both
from zz110_tui.core.trouble import Trouble
from zz110_tui.language.scene import zone
from zz110_tui.store.backup import backups_in, make_backup, prune, scratch_in
from zz110_tui.store.beside import ArchiveNow, users_of
from zz110_tui.store.restore import Restored, restore
from zz110_tui.store.sealed import make_backup_key, read_backup_key


def make_one(invocation: Invocation, folder: Path | None, key: Path | None, keep: int | None, as_json: bool) -> None:
    from importlib.metadata import version

    around = look_around(invocation)
    there = _folder(around, folder)
    secret = _key(around, key)
    with Progress(around.say("备份", "backing up")) as progress:
        made = make_backup(
            around.store,
            there,
            secret,
            version("zz110-tui"),
            lambda done, total: progress.show(done, total, f"{done}/{total}"),
            around.archive_folders,
        )
    note_reading(around, "export", "backup make", upto=made.header.position, encrypted=secret is not None)
    removed = prune(there, made.header.store, keep or around.loaded.settings.backup.keep)
    if as_json:
        document = backup_document(made.path, made.size, made.header)
        output.document(
            {
                **document,
                "entries": made.manifest.entries,
                "content_bytes": made.manifest.bytes,
                "content_sha256": made.manifest.sha256,
                "sha256": made.sha256,
                "seconds": round(made.seconds, 3),
                "removed": [str(path) for path in removed],
                "users_state": made.users,
                "users_say": users_sentence(made.users, around),
            }
        )
    else:
        output.text(f"{made.path}  {made.header.position}  {size_words(made.size)}  {made.seconds:.1f} s")
    for path in removed:
        say(around.say(f"  移除旧备份 {path.name}", f"  removed the old backup {path.name}"))
    say("  " + users_sentence(made.users, around))
    lost = [ArchiveNow(one, "missing", None) for one in made.header.archives if not one.sha256]
    for line in archive_lines(lost, around):
        say(line)
    if secret is None:
        say(around.say("  → 没有加密（backup.key）", "  → it is not encrypted (backup.key)"))


def list_all(invocation: Invocation, folder: Path | None, as_json: bool) -> None:
    around = look_around(invocation)
    found = backups_in(_folder(around, folder))
    if as_json:
        documents = []
        for one in found:
            if one.header is not None:
                documents.append(backup_document(one.path, one.size, one.header))
            else:
                cause = one.trouble.cause if one.trouble is not None else ""
                documents.append({"file": str(one.path), "bytes": one.size, "damaged": cause})
        output.document(documents)
        return
    there = zone(around.loaded.settings.timezone)
    zh = ("备份", "库", "类", "至第几条", "时间", "大小", "加密", "用户名单")
    en = ("backup", "store", "kind", "up to", "made", "size", "encrypted", "users")
    output.table(zh if around.language == "zh" else en, [table_row(one, around, there) for one in found])
    say(around.say(f"共 {len(found)} 份", f"{len(found)} in all"))
    lacks = newest_lacks_users(around.store, found)
    if lacks is not None:
        say(around.say("最近一份：", "the newest: ") + users_sentence(lacks, around))


def test_one(
    invocation: Invocation,
    file: Path | None,
    folder: Path | None,
    key: Path | None,
    scratch: Path | None,
    as_json: bool,
) -> int:
    """The exit code."""
    from zz110_tui.server.userfile import UserFile
    from zz110_tui.service.rehearsal import rehearse

    around = look_around(invocation)
    chosen = _chosen(around, file, folder)
    secret = _key(around, key)
    with Progress(around.say("试恢复", "trying")) as progress, scratch_in(scratch) as place:
        names = {"restore": around.say("恢复", "restoring"), "replay": around.say("重放", "replaying")}
        found = rehearse(
            chosen,
            Path(place),
            secret,
            around.store,
            lambda step, done, total: progress.show(done, total, f"{names[step]} {done}/{total}"),
            around.archive_folders,
        )
        accounts = None
        if found.users is not None:
            with closing(UserFile(found.users)) as users:
                accounts = len(users.all())
    if as_json:
        output.document({"file": str(chosen), **rehearsal_document(found, accounts)})
    else:
        for line in rehearsal_lines(chosen, found, accounts, around):
            output.text(line)
    return OK if found.good else TROUBLE


def restore_one(
    invocation: Invocation, file: Path | None, to: Path | None, folder: Path | None, key: Path | None, as_json: bool
) -> None:
    around = look_around(invocation)
    target = to or around.store
    chosen = _chosen(around, file, folder)
    with Progress(around.say("恢复", "restoring")) as progress:
        back = restore(
            chosen,
            target,
            _key(around, key),
            lambda done, total: progress.show(done, total, f"{done}/{total}"),
            around.archive_folders,
        )
    header = back.header
    if as_json:
        output.document(
            {
                **backup_document(chosen, chosen.stat().st_size, header),
                "restored": str(target.absolute()),
                "archives": archives_document(back.archives),
                "users_file": None if back.users is None else str(back.users),
                "users_in_place": back.users == users_of(target.absolute()),
            }
        )
    else:
        output.text(f"{target}  {header.position}:{header.hash}")
    for line in archive_lines(back.archives, around):
        say(line)
    say(_what_next(around, target, back))


def _what_next(around: Surroundings, target: Path, back: Restored) -> str:
    header = back.header
    return around.say(
        f"  恢复到第 {header.position} 条；备份之后的不在其中\n"
        f"  → 核对：zz110 --store {target} journal verify --heads 文件 --key 公钥\n"
        "  → 用它继续时换一个新的链头文件\n",
        f"  restored up to entry {header.position}; what came after the backup is not in it\n"
        f"  → check it: zz110 --store {target} journal verify --heads FILE --key PUB\n"
        "  → to work on with it begin a new file of heads\n",
    ) + _of_users(around, target, back)


def _of_users(around: Surroundings, target: Path, back: Restored) -> str:
    if back.users is None:
        return around.say(
            "  用户名单（.users）不在备份中：另存有副本就放到库旁边，权限 0600",
            "  the list of users (.users) is not in the backup: put a copy kept apart, if any, by the store, mode 0600",
        )
    if back.users != users_of(target.absolute()):
        return around.say(
            f"  那里已有一份用户名单，没有动它；备份里的放在 {back.users}\n"
            f"  → 要用备份里的，先把 {users_of(target).name} 连同 -journal 改名，再把它改成这个名字",
            f"  a list of users was there already and was left as it is; the backup's is {back.users}\n"
            f"  → to use that one rename {users_of(target).name} (with its -journal) away, and it to that name",
        )
    return around.say(
        f"  用户名单在 {back.users}：备份之后停用的账号、改过的密码又是旧的\n"
        "  → 核对：zz110 user list；该停用的用 zz110 user disable",
        f"  the list of users is {back.users}: accounts disabled and passwords changed since the backup are as before\n"
        "  → look at it with zz110 user list; zz110 user disable shuts out who must not come in",
    )


def make_key(invocation: Invocation, out: Path, as_json: bool) -> None:
    around = look_around(invocation)
    name = make_backup_key(out)
    if as_json:
        output.document({"key": name, "file": str(out)})
    else:
        output.text(f"{name}  {out}")
    say(
        around.say(
            f"  → 配置 backup.key = {out}；另存一份，且不与备份放在一处：丢了它备份谁也打不开",
            f"  → set backup.key = {out}; keep a copy away from the backups: without it nobody opens them",
        )
    )


def _folder(around: Surroundings, folder: Path | None) -> Path:
    there = folder or (Path(around.loaded.settings.backup.folder) if around.loaded.settings.backup.folder else None)
    if there is None:
        raise Trouble(
            both("没有备份目录", "there is no folder for backups"),
            "",
            both(
                "用 --folder 指定，或在设置里写 backup.folder；放在另一块盘或另一台机器上",
                "name it with --folder, or set backup.folder; another disk or machine is the place for it",
            ),
            exit_code=USAGE,
        )
    return there.expanduser()


def _key(around: Surroundings, key: Path | None) -> bytes | None:
    path = key or (Path(around.loaded.settings.backup.key) if around.loaded.settings.backup.key else None)
    return None if path is None else read_backup_key(path.expanduser())


def _chosen(around: Surroundings, file: Path | None, folder: Path | None) -> Path:
    """The backup named, else the newest whole one: of this store, or of any kind alike where the store is gone."""
    if file is not None:
        return file
    there = _folder(around, folder)
    whole = [one for one in backups_in(there) if one.header is not None]
    store = id_of(around.store)
    kind = [one for one in whole if one.header is not None and one.header.kind == around.kind]
    fitting = [one for one in whole if one.header is not None and one.header.store == store] if store else kind
    stores = {one.header.store for one in fitting if one.header is not None}
    if len(stores) == 1:
        return fitting[-1].path
    raise Trouble(
        both("没有本库的备份", "there is no backup of this store")
        if not stores
        else both("有几个库的备份，要选一份", "there are backups of several stores: name one"),
        str(there),
        both("看 zz110 backup list，再写出文件", "see zz110 backup list, then name the file"),
        exit_code=NO_INPUT,
    )
