"""Where the files are that come with zz110: themes, keymaps, layouts, city packs, mappings, rulebook, example settings.

A wheel carries them beside the rooms, in ``zz110_tui/bundled`` (see ``force-include`` in ``pyproject.toml``). In a
checkout, and so in an editable install, they are the folders at the top of the checkout.
"""

from __future__ import annotations

from pathlib import Path

from zz110_tui.config.problems import both
from zz110_tui.core.trouble import Trouble

KINDS = ("cities", "keymaps", "layouts", "mappings", "rulebook", "themes")
EXAMPLE = "config.example.toml"

_PACKAGE = Path(__file__).resolve().parents[1]


def roots() -> tuple[Path, ...]:
    """Where bundled files may be, the first that has the file wins."""
    checkout = _PACKAGE.parent
    places = [_PACKAGE / "bundled"]
    if (checkout / "pyproject.toml").is_file():
        places.append(checkout)
    return tuple(places)


def bundled(kind: str, name: str = "") -> Path:
    """The folder of a kind (``bundled("themes")``), a file or folder in it (``bundled("cities", "zhangzhou")``), or the
    example of settings (``bundled("config.example.toml")``).

    Raises Trouble where it is not there, which means a broken installation or a name nobody ships.
    """
    looked = [root / kind / name if name else root / kind for root in roots()]
    for path in looked:
        if path.exists():
            return path
    what = f"{kind}/{name}" if name else kind
    raise Trouble(
        both(f"没有随附的文件 {what}", f"{what} is not among the files that come with zz110"),
        both("找过", "looked for") + " " + ", ".join(str(path) for path in looked),
        both(
            "检查名字；若安装不完整，重新安装 zz110-tui",
            "check the name; if the installation is incomplete, install zz110-tui again",
        ),
    )
