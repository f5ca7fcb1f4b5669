"""Lifting facts of old versions to the shape of today: what was once written stays readable for ever.

Each step lifts one version of one name, on the plain dict that was stored. Write the next step beside the others:

    @lifts(UPCASTS, "incident_opened", 1)
    def _with_a_channel(data: Data) -> Data:
        return {**data, "channel": "phone"}

A step looks at nothing but its argument, and is never changed once a release has shipped it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

Data: TypeAlias = dict[str, Any]
Step: TypeAlias = Callable[[Data], Data]
Steps: TypeAlias = dict[tuple[str, int], Step]

UPCASTS: Steps = {}
"""(name, version it lifts from) to the step, for facts."""

COMMAND_UPCASTS: Steps = {}
"""The same for commands, which older desks and scripts may still send."""


def lifts(steps: Steps, name: str, from_version: int) -> Callable[[Step], Step]:
    """Register a step. Raises ValueError if that version of that name has one already."""

    def register(step: Step) -> Step:
        if (name, from_version) in steps:
            raise ValueError(f"{name} v{from_version} has a step already")
        steps[name, from_version] = step
        return step

    return register


def lift(steps: Steps, name: str, version: int, to_version: int, data: Data) -> Data:
    """``data`` of ``version`` in the shape of ``to_version``.

    Raises KeyError where a step is missing; whatever a step raises on data that never was of its version, passes.
    """
    for at in range(version, to_version):
        data = steps[name, at](data)
    return data


@lifts(UPCASTS, "incident_opened", 1)
def _nobody_said_who_set_the_priority(data: Data) -> Data:
    return {**data, "by_hand": False}


@lifts(UPCASTS, "step_undone", 1)
def _slips_without_answers(data: Data) -> Data:
    """A slip had no answers, no ticked steps, and nobody knew who had set its priority."""
    return {**data, "incidents": [_with_answers(incident) for incident in data["incidents"]]}


def _with_answers(incident: Data) -> Data:
    return {**incident, "answers": [], "steps": [], "priority_by_hand": False}


@lifts(UPCASTS, "step_undone", 2)
def _slips_and_calls_without_links(data: Data) -> Data:
    """Addresses of photographs and streams were kept nowhere."""
    return {**data, **{name: [{**value, "links": []} for value in data[name]] for name in ("reports", "incidents")}}
