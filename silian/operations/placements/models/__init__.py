"""Tables of placements, one file per aggregate."""

from silian.operations.placements.models.hosts import Host, HostInspection, PostCensus
from silian.operations.placements.models.internships import Internship, PostPeriod
from silian.operations.placements.models.plans import InternshipPlan, HostAnswer
from silian.operations.placements.models.posts import InternshipPost

__all__ = [
    "Host",
    "HostInspection",
    "Internship",
    "InternshipPlan",
    "InternshipPost",
    "HostAnswer",
    "PostCensus",
    "PostPeriod",
]
