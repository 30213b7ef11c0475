"""The life of a certificate of practice (实习证明)."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.operations.placements.choices.learning import (
    CertificateState as S,
)

certificate = Workflow(
    [
        Transition(
            name="revoke", label="撤销实习证明", sources=frozenset({S.VALID}), target=S.REVOKED
        )
    ]
)
