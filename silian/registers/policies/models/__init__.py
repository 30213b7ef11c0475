"""Tables of the policy register, one file per aggregate.

``PolicyDocument``, ``Clause``, ``PolicyBody`` and ``Parameter`` are what floors above
relate to.
"""

from silian.registers.policies.models import benefits, citations, marks, plans
from silian.registers.policies.models.bodies import PolicyBody
from silian.registers.policies.models.clauses import Clause
from silian.registers.policies.models.documents import PolicyDocument
from silian.registers.policies.models.parameters import Parameter

__all__ = [
    "Clause",
    "Parameter",
    "PolicyBody",
    "PolicyDocument",
    "benefits",
    "citations",
    "marks",
    "plans",
]
