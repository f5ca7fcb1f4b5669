"""What every test of the station has."""

from __future__ import annotations

from tests.support.quiet import be_quiet

be_quiet()
