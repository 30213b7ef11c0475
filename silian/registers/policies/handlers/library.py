"""The library learns of what is issued."""

from __future__ import annotations

from silian.foundation.kernel.events import subscribe
from silian.registers.policies.commands.library import index_library
from silian.registers.policies.events import PolicyIssued


@subscribe(PolicyIssued)
def index_issued(event: PolicyIssued) -> None:
    index_library(document_id=event.document_id)
