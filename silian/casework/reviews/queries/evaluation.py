"""How a dossier stands against the criteria, from what was frozen (评定结果)."""

from __future__ import annotations

from silian.casework.reviews.models import Dossier
from silian.casework.reviews.rules.criteria import Evaluation, evaluate
from silian.casework.reviews.rules.readings import thawed


def evaluation_of(dossier: Dossier) -> Evaluation:
    """Both trees of a dossier as they came out last, read from its frozen values; one query."""
    campaign = dossier.campaign
    kept = {row.criterion: thawed(row.value) for row in dossier.results.all()}
    return evaluate(campaign.content, campaign.values, kept)
