"""What every test may use."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# Tests start hundreds of processes: without this each of them compiles the whole program anew where that is set.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# A shared machine is slow at times: what is too slow is measured by benchmarks, not by a property's stopwatch.
settings.register_profile("house", deadline=None, print_blob=True)
settings.load_profile("house")

SHARED = Path(__file__).resolve().parents[2] / "shared"
"""Real call files, outlines and test vectors stand beside the checkout; they are used there and never committed."""


@pytest.fixture(scope="session")
def shared_data() -> Callable[[str], Path]:
    """``shared_data("data/seattle_police_2015.csv.gz")`` is that file's path beside the checkout.

    Without it the test skips on a user's machine and fails in CI, where it must never be skipped unseen.
    """

    def path_of(name: str) -> Path:
        path = SHARED / name
        if not path.exists():
            reason = f"needs ../shared/{name}, which is not beside this checkout"
            if os.environ.get("CI", "").lower() in ("true", "1"):
                pytest.fail(reason)
            pytest.skip(reason)
        return path

    return path_of
