"""Tables of agreements, one file per aggregate."""

from silian.casework.agreements.models.agreements import (
    Agreement,
    AgreementVersion,
    LifeEvent,
    Party,
)
from silian.casework.agreements.models.kinds import ConfiguredKind, KindVersion, NumberSeries
from silian.casework.agreements.models.signatures import (
    Signature,
    SigningLink,
    SigningQuestion,
)

__all__ = [
    "Agreement",
    "AgreementVersion",
    "ConfiguredKind",
    "KindVersion",
    "LifeEvent",
    "NumberSeries",
    "Party",
    "Signature",
    "SigningLink",
    "SigningQuestion",
]
