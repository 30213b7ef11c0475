"""Who gets what from every address of agreements, one block per aggregate."""

from __future__ import annotations

from tests.access import Row
from tests.casework.agreements.core.access_rows import CORE_ROWS
from tests.casework.agreements.signing.access_rows import SIGNING_ROWS

ACCESS: dict[str, Row] = {**SIGNING_ROWS, **CORE_ROWS}
