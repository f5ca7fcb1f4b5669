"""Where a user's own files are looked for, in the order in which they win, and where the store is kept.

1. ``--config-dir``, or the environment's ``ZZ110_CONFIG_DIR``
2. the user's configuration folder (``~/.config/zz110`` on Linux)
3. ``/etc/zz110``, for the whole machine
4. for city packs, the user's data folder, where ``zz110 city new`` puts what it makes
5. what comes with zz110

Nothing is ever written into the installation.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from zz110_tui.config.bundled import bundled
from zz110_tui.config.problems import EXIT_CONFIG, both, shown
from zz110_tui.core.trouble import Trouble

SETTINGS = "config.toml"
MACHINE_FOLDER = Path("/etc/zz110")


@dataclass(frozen=True, slots=True)
class Folder:
    """``why`` is how it came to be looked in: ``--config-dir``, ``ZZ110_CONFIG_DIR``, ``user`` or ``machine``."""

    path: Path
    why: str


def config_folders(config_dir: Path | None = None, env: Mapping[str, str] | None = None) -> tuple[Folder, ...]:
    """The folders of settings, themes, keymaps and city packs, the one that wins first.

    Raises Trouble where a folder that was named on purpose is not there.
    """
    import platformdirs

    environment = os.environ if env is None else env
    folders: list[Folder] = []
    if config_dir is not None:
        folders.append(_named(config_dir, "--config-dir"))
    elif environment.get("ZZ110_CONFIG_DIR"):
        folders.append(_named(Path(environment["ZZ110_CONFIG_DIR"]), "ZZ110_CONFIG_DIR"))
    folders.append(Folder(platformdirs.user_config_path("zz110", appauthor=False), "user"))
    folders.append(Folder(MACHINE_FOLDER, "machine"))
    return tuple(folders)


def _named(path: Path, why: str) -> Folder:
    path = path.expanduser()
    if not path.is_dir():
        raise Trouble(
            both(f"{why} 指的配置目录不存在", f"the configuration folder named by {why} is not there"),
            shown(str(path)),
            both(f"建立该目录，或不用 {why}", f"make the folder, or leave {why} out"),
            exit_code=EXIT_CONFIG,
        )
    return Folder(path, why)


def default_store() -> Path:
    """The live room's store of a user who named none."""
    import platformdirs

    return platformdirs.user_data_path("zz110", appauthor=False) / "live.zz110"


def made_cities() -> Path:
    """Where ``zz110 city new`` puts its packs: among the user's data, not his settings."""
    import platformdirs

    return platformdirs.user_data_path("zz110", appauthor=False) / "cities"


def find(kind: str, name: str, folders: tuple[Folder, ...]) -> Path:
    """A theme, keymap, mapping or city pack by name: the user's own before ours.

    ``name`` is a bare name (``night``, ``zhangzhou``), or a path if it has a separator or ends with ``.toml``.
    Raises Trouble that lists where it looked and what there is.
    """
    if os.sep in name or name.endswith(".toml"):
        path = Path(name).expanduser()
        if path.exists():
            return path
        looked = [path]
    else:
        looked = [place / file for place in _places(kind, folders) for file in (f"{name}.toml", name)]
        for path in looked:
            if name not in ("", ".", "..") and path.exists():
                return path
    raise Trouble(
        both(f"找不到 {kind} 里的 {shown(name)}", f"there is no {shown(name)} among the {kind}"),
        both("找过", "looked for") + " " + ", ".join(shown(str(path)) for path in looked),
        both("可用的", "there are") + ": " + ", ".join(names(kind, folders)),
        exit_code=EXIT_CONFIG,
    )


def rulebook_folder(folders: tuple[Folder, ...]) -> Path:
    """The rulebook that counts: the agency's own copy in the first configuration folder that has one, else ours."""
    own = (folder.path / "rulebook" for folder in folders)
    return next((path for path in own if path.is_dir()), bundled("rulebook"))


def names(kind: str, folders: tuple[Folder, ...]) -> tuple[str, ...]:
    """Every name of a kind that ``find`` would find, sorted."""
    found: set[str] = set()
    for place in _places(kind, folders):
        if place.is_dir():
            entries = [p for p in place.iterdir() if not p.name.startswith((".", "_"))]
            found |= {p.stem for p in entries if p.suffix == ".toml"} | {p.name for p in entries if p.is_dir()}
    return tuple(sorted(found))


def _places(kind: str, folders: tuple[Folder, ...]) -> list[Path]:
    made = [made_cities()] if kind == "cities" else []
    return [folder.path / kind for folder in folders] + made + [bundled(kind)]
