"""Random keys at a real desk for as long as one likes: it never crashes, loses nothing, and a key always leads out.

    python -m benchmarks.prove_keys [--minutes 10] [--seed S] [--keymap NAME] [--json FILE]

Every key of the keymap, letters, Chinese, whole lines of every verb, every action, pastes, hostile text, windows of
every size, another desk and time itself, in an order that the seed decides. Every so often: the desk lives, draws
nothing that acts, agrees with the core, and Esc leads back to an empty line. At the end: the journal's chain is whole,
holds all that was answered, and its replay is the desk's board. What was found is in ``faults`` with the last keys, and
the exit code is then 1. The same seed presses the same keys; ``--steps`` ends after so many instead of a time.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import secrets
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.station.random_hands import CHECK_EVERY, Hands, Listening
from tests.station.stage import stage
from zz110_tui.config.bundled import bundled
from zz110_tui.config.folders import Folder
from zz110_tui.server.readings import resident_bytes
from zz110_tui.store.open import open_journal


async def press(keymap: str, seed: int, more: Callable[[int], bool], folder: Path) -> dict[str, Any]:
    """The figures of one run; ``more`` is asked before each step with how many there were."""
    journal = open_journal(folder / "keys.zz110", "drill")
    began, steps, faults = time.monotonic(), 0, []
    try:
        async with stage(keymap=keymap, journal=journal, folders=(Folder(folder, "user"),)) as desk:
            hands = Hands(desk, seed, keymap)
            with Listening(hands):
                try:
                    while more(steps):
                        await hands.step()
                        steps += 1
                        if steps % CHECK_EVERY == 0:
                            await hands.check()
                    await hands.check()
                    hands.hold_the_facts()
                except Exception as fault:  # noqa: BLE001 (whatever it is, it is what was looked for)
                    faults.append(
                        {"step": steps, "what": f"{type(fault).__name__}: {fault}"[:2000], "last": hands.last}
                    )
            entries = journal.head.position
    finally:
        journal.close()
    tally = hands.tally
    return {
        "keymap": keymap,
        "seed": seed,
        "minutes": round((time.monotonic() - began) / 60, 2),
        "steps": steps,
        "keys": hands.pressed,
        "entries": entries,
        "resident": resident_bytes(),
        "doings": dict(tally.doings),
        "pages": dict(tally.pages),
        "accepted": tally.accepted,
        "refused": tally.refused,
        "leavings": tally.leavings,
        "checks": tally.checks,
        "faults": faults,
    }


def show(figures: dict[str, Any]) -> None:
    print(
        f"{figures['keymap']:8} seed {figures['seed']}: {figures['minutes']} min, {figures['steps']:,} steps with "
        f"{figures['keys']:,} keys, {figures['accepted']:,} commands accepted, {figures['refused']:,} refused, "
        f"{figures['entries']:,} facts, {figures['checks']} checks, {figures['resident'] / 1e6:.0f} MB"
    )
    for fault in figures["faults"]:
        print(f"         FAULT at step {fault['step']}: {fault['what']}\n         last keys: {' '.join(fault['last'])}")
    if not figures["faults"]:
        print("         alive, nothing lost, always a way out")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description="Press random keys at a desk, and hold what must always be true.")
    shipped = sorted(path.stem for path in bundled("keymaps").glob("*.toml"))
    parser.add_argument("--minutes", type=float, default=10.0, help="for each keymap")
    parser.add_argument("--steps", type=int, default=0, help="end after so many steps instead")
    parser.add_argument("--seed", type=int, default=0, help="drawn and printed where none is given")
    parser.add_argument("--keymap", choices=(*shipped, "all"), default="all")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()

    seed = options.seed or secrets.randbelow(10**6) + 1
    found = []
    for keymap in shipped if options.keymap == "all" else (options.keymap,):
        print(f"{keymap}: seed {seed} …", file=sys.stderr, flush=True)
        end = time.monotonic() + options.minutes * 60

        def more(steps: int, end: float = end) -> bool:
            return steps < options.steps if options.steps else time.monotonic() < end

        with tempfile.TemporaryDirectory(prefix="keys-") as folder:
            found.append(asyncio.run(press(keymap, seed, more, Path(folder))))
        figures = found[-1]
        show(figures)
        if options.json is not None:
            options.json.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    raise SystemExit(1 if any(figures["faults"] for figures in found) else 0)


if __name__ == "__main__":
    main()
