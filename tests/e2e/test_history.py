"""Scripted desks in processes of their own, while their core is killed, its power cut, its disk and its line broken.

The full size is one command: ``python -m benchmarks.prove_kills``. ``ZZ110_PROOF_SEED`` chooses another run.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.proof.campaign import LEAST, Campaign, run
from tests.proof.proxy import Fate

SEED = os.environ.get("ZZ110_PROOF_SEED", "110")
QUICK = tuple(fate for fate in Fate if fate is not Fate.SWALLOW_UP)
"""A core waits ten seconds for a desk that it does not hear: that fate is for the full size."""


@pytest.mark.parametrize(
    "campaign",
    [
        Campaign("kill", desks=6, times=4, seed=SEED, workers=2, longest_life_s=0.6),
        Campaign("power", desks=6, times=4, seed=SEED, workers=2),
        Campaign("sync", desks=6, times=2, seed=SEED, workers=2),
        Campaign("line", desks=6, times=3, seed=SEED, workers=2, fates=QUICK),
    ],
    ids=lambda campaign: campaign.wrong,
)
async def test_what_desks_were_told_is_in_the_journal_once_and_in_order(tmp_path: Path, campaign: Campaign) -> None:
    outcome = await run(campaign, tmp_path)

    print(f"seed {campaign.seed}: {outcome}")  # noqa: T201 - shown where it fails
    assert outcome.verdict.faults == []
    assert outcome.verdict.counts["accepted"] >= LEAST, "the desks did work"
    assert "no answer" not in outcome.verdict.counts, "every desk got its last answer in the end"
    if campaign.wrong in ("kill", "power"):
        assert outcome.starts > campaign.times
