"""Tables of placements, one file per aggregate."""

from silian.operations.placements.models.bulk import (
    AgreementBatch,
    AgreementBatchItem,
    BulkImport,
    BulkImportProblem,
    ImportedPost,
    PlacementReminder,
)
from silian.operations.placements.models.hosts import Host, HostInspection, PostCensus
from silian.operations.placements.models.internships import Internship, PostPeriod
from silian.operations.placements.models.plans import HostAnswer, InternshipPlan
from silian.operations.placements.models.posts import InternshipPost
from silian.operations.placements.models.round_runs import (
    RoundObjection,
    RoundResult,
    RoundRun,
)
from silian.operations.placements.models.rounds import (
    HostRank,
    Round,
    RoundPost,
    RoundReserve,
    RoundStudent,
    Wish,
)

__all__ = [
    "AgreementBatch",
    "AgreementBatchItem",
    "BulkImport",
    "BulkImportProblem",
    "Host",
    "HostAnswer",
    "HostInspection",
    "HostRank",
    "ImportedPost",
    "Internship",
    "InternshipPlan",
    "InternshipPost",
    "PlacementReminder",
    "PostCensus",
    "PostPeriod",
    "Round",
    "RoundObjection",
    "RoundPost",
    "RoundReserve",
    "RoundResult",
    "RoundRun",
    "RoundStudent",
    "Wish",
]
