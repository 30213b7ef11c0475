"""Tables of the credit register, a file per aggregate."""

from silian.registers.credit.models.batches import ShareBatch, ShareLine
from silian.registers.credit.models.cases import CorrectionCase
from silian.registers.credit.models.catalogue import CreditItem
from silian.registers.credit.models.records import CreditReading, CreditRecord, Remedy
from silian.registers.credit.models.reports import CreditReport

__all__ = [
    "CorrectionCase",
    "CreditItem",
    "CreditReading",
    "CreditRecord",
    "CreditReport",
    "Remedy",
    "ShareBatch",
    "ShareLine",
]
