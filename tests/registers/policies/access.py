"""Who gets what from every address of the policy register, one block per aggregate."""

from __future__ import annotations

from tests.access import Row
from tests.registers.policies.documents.access_rows import DOCUMENT_ROWS
from tests.registers.policies.library.access_rows import LIBRARY_ROWS

ACCESS: dict[str, Row] = {
    **DOCUMENT_ROWS,
    **LIBRARY_ROWS,
}
