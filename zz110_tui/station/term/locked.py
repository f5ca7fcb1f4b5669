"""What Textual offers and a control room does not: suspending, screenshots, files, a browser, a command palette.

The desk has no key for any of them; this is for a binding, a link or a future version that would bring one in.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Locked:
    """Goes before ``App`` among the bases. Each of these does nothing, and returns what "nothing" is."""

    @contextmanager
    def suspend(self) -> Iterator[None]:
        """The terminal is never given away."""
        yield

    def action_suspend_process(self) -> None: ...

    def action_command_palette(self) -> None: ...

    def action_screenshot(self, *_: Any, **__: Any) -> None: ...

    def save_screenshot(self, *_: Any, **__: Any) -> str:
        return ""

    def deliver_screenshot(self, *_: Any, **__: Any) -> None: ...

    def deliver_text(self, *_: Any, **__: Any) -> None: ...

    def deliver_binary(self, *_: Any, **__: Any) -> None: ...

    def open_url(self, *_: Any, **__: Any) -> None: ...
