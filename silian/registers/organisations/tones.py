"""How a state looks: the tone of its badge."""

from __future__ import annotations

from silian.foundation.ui.components import Tone
from silian.registers.organisations.choices import OrganisationState

TONES: dict[str, Tone] = {
    OrganisationState.REGISTERED: "open",
    OrganisationState.SUBMITTED: "info",
    OrganisationState.REJECTED: "late",
    OrganisationState.VERIFIED: "ok",
    OrganisationState.SUSPENDED: "watch",
    OrganisationState.CLOSED: "unset",
    OrganisationState.MERGED: "unset",
}


def tone_of(state: str) -> Tone:
    return TONES[state]
