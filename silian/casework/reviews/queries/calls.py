"""The words of a public call, from the scheme and the batch."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from silian.casework.reviews.models import Campaign
from silian.casework.reviews.queries.campaigns import ParameterLine, parameter_lines
from silian.casework.reviews.queries.dossier_page import STAGE_LABELS
from silian.casework.reviews.rules.criteria import Result, evaluate
from silian.casework.reviews.rules.definition import FormField
from silian.casework.reviews.rules.dossiers import Section, sections
from silian.casework.reviews.rules.progress import stages_of
from silian.registers.organisations.choices import OrganisationKind

ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Condition:
    """One node of the conditions, as a reader sees it before applying."""

    depth: int
    label: str
    basis: str
    help: str
    is_hint: bool


@dataclass(frozen=True, kw_only=True)
class CallPage:
    """Who may apply, under which conditions, with which papers (申报通知)."""

    kinds: Sequence[str]
    last_day: datetime.date
    conditions: Sequence[Condition]
    scored: Sequence[Condition]
    sections: Sequence[Section]
    papers: Sequence[FormField]
    stages: Sequence[str]
    adjusted: Sequence[ParameterLine]


def call_page(campaign: Campaign) -> CallPage:
    """Everything that the call says beside its own text."""
    content = campaign.content
    empty = evaluate(content, campaign.values, {})
    return CallPage(
        kinds=[OrganisationKind(kind).label for kind in content.applicant_kinds],
        last_day=campaign.closes_on - ONE_DAY,
        conditions=conditions_of(empty.gateway),
        scored=conditions_of(empty.scored),
        sections=sections(content),
        papers=[field for field in content.form if field.evidence],
        stages=[STAGE_LABELS[stage] for stage in stages_of(campaign.values)],
        adjusted=[line for line in parameter_lines(campaign) if line.own_value],
    )


def conditions_of(tree: Result | None) -> list[Condition]:
    """The nodes of a tree in order; the root's own words are the heading."""
    if tree is None:
        return []
    return [
        Condition(
            depth=depth,
            label=node.label,
            basis=node.criterion.basis,
            help=node.criterion.help,
            is_hint=node.criterion.only_warns,
        )
        for depth, node in tree.walk()
    ]
