"""The life of an uploaded catalogue file."""

from __future__ import annotations

from silian.foundation.kernel.workflow import Transition, Workflow
from silian.foundation.reference.choices import UploadState as S

catalogue_upload = Workflow(
    [
        Transition(name="confirm", sources=frozenset({S.PENDING}), target=S.LOADED, label="载入"),
        Transition(
            name="discard", sources=frozenset({S.PENDING}), target=S.DISCARDED, label="放弃"
        ),
    ]
)
