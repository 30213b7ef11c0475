"""Files that the exchange gives out."""

from __future__ import annotations

import csv
import io
from collections import defaultdict

from silian.operations.exchange.gateways.sheets import Sheet
from silian.operations.exchange.models.listing_import import ListingImport

REASON_HEADING = "问题（改好后删去本列再上传）"


def rows_to_correct(batch: ListingImport, *, sheet: Sheet) -> str:
    """The refused rows as they came, with a column that says what is wrong (问题清单)."""
    reasons: dict[int, list[str]] = defaultdict(list)
    for problem in batch.problems.filter(refuses=True).exclude(column="整行"):
        reasons[problem.row].append(f"{problem.column}：{problem.sentence}")
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([*sheet.headings, REASON_HEADING])
    for number, cells in sheet.numbered():
        if number in reasons:
            row = [cells.get(heading, "") for heading in sheet.headings]
            writer.writerow([*row, "；".join(reasons[number])])
    return "\ufeff" + text.getvalue()
