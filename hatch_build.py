"""Puts the folders of the top level into a wheel, under ``zz110_tui/bundled`` (found there by ``config/bundled.py``).

A hook and not a plain ``force-include``: that would copy them into editable installs too, where the copies grow stale
beside the real ones.
"""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUNDLED = ("cities", "keymaps", "layouts", "mappings", "rulebook", "themes", "config.example.toml")


class BundledFiles(BuildHookInterface):  # type: ignore[type-arg]  # generic over its own configuration
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "standard":
            build_data["force_include"].update({name: f"zz110_tui/bundled/{name}" for name in BUNDLED})
