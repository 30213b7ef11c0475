"""Who gets what from every address of the task ledger, one block per aggregate."""

from __future__ import annotations

from tests.access import Row
from tests.governance.policy_tasks.cases.access_rows import CASE_ROWS
from tests.governance.policy_tasks.lists.access_rows import LIST_ROWS
from tests.governance.policy_tasks.supervision.access_rows import SUPERVISION_ROWS
from tests.governance.policy_tasks.targets.access_rows import TARGET_ROWS
from tests.governance.policy_tasks.tasks.access_rows import TASK_ROWS

ACCESS: dict[str, Row] = {
    **TASK_ROWS,
    **TARGET_ROWS,
    **SUPERVISION_ROWS,
    **LIST_ROWS,
    **CASE_ROWS,
}
