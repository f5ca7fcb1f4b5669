"""`python -m zz110_tui` is the same program as the `zz110` command."""

from __future__ import annotations

from zz110_tui.cli.main import run

if __name__ == "__main__":
    run()
