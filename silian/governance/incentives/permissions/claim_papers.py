"""Who reads the papers of a claim, and who the copy with the whole account."""

from __future__ import annotations

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile
from silian.governance.incentives.models import Claim, ClaimPaper
from silian.governance.incentives.permissions.claims import (
    claims_visible_to,
    is_clerk,
    may_certify,
    may_open_claims,
    owns,
)


def reads_papers(actor: Actor, claim: Claim) -> bool:
    """Whoever reads the claim reads its papers; a school that certifies does not."""
    certifies = may_certify(actor) and not may_open_claims(actor)
    return not certifies or claim.organisation_id == actor.organisation_id


def may_read_account(actor: Actor, claim: Claim) -> bool:
    """Whether the actor reads the whole account: who wrote it, who leads, who pays (完整账号)."""
    if owns(actor, claim):
        return True
    call = claim.call
    paying = (call.owner_id, call.line.fund.office.organisation_id)
    return is_clerk(actor) and actor.organisation_id in paying


def may_read_claim_file(actor: Actor, file: StoredFile) -> bool:
    """Readers of the claim read its files; the copy with the account only who needs it."""
    rows = claims_visible_to(actor).select_related("call__line__fund__office")
    claim = rows.filter(pk=int(file.object_id)).first()
    if claim is None or not reads_papers(actor, claim):
        return False
    secret = ClaimPaper.objects.filter(file=file, shows_account=True).exists()
    return not secret or may_read_account(actor, claim)


register_file_readers("incentives.claim", may_read_claim_file)
register_action_labels(
    {
        "incentives.papers.made": "生成申领材料",
        "incentives.papers.signed": "上传申领材料签章件",
    }
)
