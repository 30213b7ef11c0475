"""Tables of the task ledger, one file per aggregate."""

from silian.governance.policy_tasks.models import (  # noqa: F401
    cases,
    lists,
    progress,
    supervision,
    supervision_findings,
    supervision_scores,
)
from silian.governance.policy_tasks.models.targets import Target
from silian.governance.policy_tasks.models.tasks import PolicyTask

__all__ = ["PolicyTask", "Target", "progress"]
