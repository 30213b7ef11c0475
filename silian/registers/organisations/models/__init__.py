"""Tables of the organisation register, one file per aggregate.

``Organisation`` and ``Membership`` are the two that every module above relates to.
"""

from silian.registers.organisations.models import document, proposal, token
from silian.registers.organisations.models.membership import Membership
from silian.registers.organisations.models.organisation import Organisation

__all__ = ["Membership", "Organisation", "document", "proposal", "token"]
