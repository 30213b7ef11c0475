"""Who gets what from every address of alliances, one block per aggregate."""

from __future__ import annotations

from tests.access import Row
from tests.operations.alliances.committee_access import COMMITTEE_ROWS
from tests.operations.alliances.conduct_access import CONDUCT_ROWS
from tests.operations.alliances.cooperation_access import COOPERATION_ROWS
from tests.operations.alliances.coordination_access import COORDINATION_ROWS
from tests.operations.alliances.governance_access import GOVERNANCE_ROWS
from tests.operations.alliances.group_access import GROUP_ROWS
from tests.operations.alliances.ownership_access import OWNERSHIP_ROWS
from tests.operations.alliances.pairing_access import PAIRING_ROWS

ACCESS: dict[str, Row] = {
    **COORDINATION_ROWS,
    **GROUP_ROWS,
    **COMMITTEE_ROWS,
    **PAIRING_ROWS,
    **COOPERATION_ROWS,
    **OWNERSHIP_ROWS,
    **GOVERNANCE_ROWS,
    **CONDUCT_ROWS,
}
