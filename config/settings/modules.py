"""The modules of the house, lower floors first."""

from __future__ import annotations

SILIAN_APPS = [
    "silian.foundation.kernel",
    "silian.foundation.ui",
    "silian.foundation.reference",
    "silian.registers.accounts",
    "silian.registers.organisations",
    "silian.registers.people",
    "silian.registers.programmes",
    "silian.registers.policies",
    "silian.registers.credit",
    "silian.casework.metrics",
    "silian.casework.ledgers",
    "silian.casework.publications",
    "silian.casework.agreements",
    "silian.casework.reviews",
    "silian.operations.exchange",
    "silian.operations.alliances",
    "silian.operations.learning",
    "silian.operations.placements",
    "silian.governance.accreditation",
    "silian.governance.incentives",
    "silian.governance.policy_tasks",
    "silian.composition.journeys",
    "silian.composition.reports",
    "silian.composition.portal",
]
