"""Tables of ledgers, one file per aggregate."""

from silian.casework.ledgers.models.funds import (
    AccountingMonth,
    BudgetLine,
    Fund,
    LedgerAccount,
    LedgerOffice,
)
from silian.casework.ledgers.models.journal import JournalEntry, Posting
from silian.casework.ledgers.models.payments import Commitment, FundPayment, PaymentBatch
from silian.casework.ledgers.models.receivables import Instalment, Receipt, Receivable
from silian.casework.ledgers.models.statements import BankRow, BankStatement

__all__ = [
    "AccountingMonth",
    "BankRow",
    "BankStatement",
    "BudgetLine",
    "Commitment",
    "Fund",
    "FundPayment",
    "Instalment",
    "JournalEntry",
    "LedgerAccount",
    "LedgerOffice",
    "PaymentBatch",
    "Posting",
    "Receipt",
    "Receivable",
]
