"""Who gets what from every address of placements, one block per aggregate."""

from __future__ import annotations

from tests.access import Row
from tests.operations.placements.complaints.access_rows import COMPLAINT_ROWS
from tests.operations.placements.learning.access_rows import LEARNING_ROWS
from tests.operations.placements.orders.access_rows import ORDER_ROWS
from tests.operations.placements.pay.access_rows import PAY_ROWS
from tests.operations.placements.rights.access_rows import RIGHTS_ROWS

ACCESS: dict[str, Row] = {
    **LEARNING_ROWS,
    **ORDER_ROWS,
    **PAY_ROWS,
    **COMPLAINT_ROWS,
    **RIGHTS_ROWS,
}
