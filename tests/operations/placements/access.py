"""Who gets what from every address of placements, one block per aggregate."""

from __future__ import annotations

from tests.access import Row
from tests.operations.placements.board.access_rows import BOARD_ROWS
from tests.operations.placements.complaints.access_rows import COMPLAINT_ROWS
from tests.operations.placements.hosts.access_rows import HOST_ROWS
from tests.operations.placements.internships.access_rows import INTERNSHIP_ROWS
from tests.operations.placements.learning.access_rows import LEARNING_ROWS
from tests.operations.placements.orders.access_rows import ORDER_ROWS
from tests.operations.placements.pay.access_rows import PAY_ROWS
from tests.operations.placements.rights.access_rows import RIGHTS_ROWS
from tests.operations.placements.rounds.access_rows import ROUND_ROWS

ACCESS: dict[str, Row] = {
    **HOST_ROWS,
    **LEARNING_ROWS,
    **INTERNSHIP_ROWS,
    **ORDER_ROWS,
    **PAY_ROWS,
    **COMPLAINT_ROWS,
    **RIGHTS_ROWS,
    **BOARD_ROWS,
    **ROUND_ROWS,
}
