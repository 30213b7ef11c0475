"""Who gets what from every address of reviews, one part per aggregate."""

from __future__ import annotations

from tests.access import Row
from tests.casework.reviews.access_deciding import DECIDING_ROWS
from tests.casework.reviews.access_dossiers import DOSSIER_ROWS
from tests.casework.reviews.access_judging import JUDGING_ROWS
from tests.casework.reviews.access_recognitions import RECOGNITION_ROWS
from tests.casework.reviews.access_schemes import SCHEME_ROWS

ACCESS: dict[str, Row] = {
    **DECIDING_ROWS,
    **DOSSIER_ROWS,
    **JUDGING_ROWS,
    **RECOGNITION_ROWS,
    **SCHEME_ROWS,
}
