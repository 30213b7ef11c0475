"""Tables of the credit register, a file per aggregate."""

from silian.registers.credit.models.cases import CorrectionCase
from silian.registers.credit.models.catalogue import CreditItem
from silian.registers.credit.models.records import CreditReading, CreditRecord, Remedy

__all__ = ["CorrectionCase", "CreditItem", "CreditReading", "CreditRecord", "Remedy"]
