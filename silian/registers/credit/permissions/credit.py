"""Who keeps, sees and answers credit cases and records."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile
from silian.registers.credit.choices import KNOWN_CASE_STATES, RecordState
from silian.registers.credit.models import (
    CorrectionCase,
    CreditItem,
    CreditRecord,
    CreditReport,
    Remedy,
    ShareBatch,
)
from silian.registers.organisations.choices import OrganisationKind, Role

KEEPERS = frozenset({Role.REVIEWER, Role.COORDINATOR})
OVERSEERS = KEEPERS | {Role.SUPERVISOR, Role.LEADER}
SPEAKERS = frozenset({Role.MANAGER, Role.AGENT})
NATION = "000000"
ENDED_WITHOUT_TRACE = frozenset({RecordState.PROPOSED, RecordState.RETURNED})


def may_keep(actor: Actor) -> bool:
    """Whether the actor handles corrections and records for a region (信用管理人员)."""
    is_official = actor.organisation_kind == OrganisationKind.GOVERNMENT
    return is_official and bool(actor.jurisdiction) and actor.has_role(*KEEPERS)


def may_oversee(actor: Actor) -> bool:
    return bool(actor.jurisdiction) and actor.has_role(*OVERSEERS)


def may_speak(actor: Actor) -> bool:
    """Whether the actor answers for an organisation that may be recorded."""
    is_official = actor.organisation_kind == OrganisationKind.GOVERNMENT
    return not is_official and actor.organisation_id is not None and actor.has_role(*SPEAKERS)


def may_open(actor: Actor) -> bool:
    return may_oversee(actor) or may_speak(actor)


def require_keeper(actor: Actor, *, division: str) -> None:
    if not (may_keep(actor) and actor.covers(division)):
        raise NotAllowed("责令改正和信用记录由本地区主管部门的审核或统筹人员办理。")


def require_speaker(actor: Actor, *, organisation_id: int) -> None:
    if not (may_speak(actor) and actor.organisation_id == organisation_id):
        raise NotAllowed("只有当事单位的管理员或经办人可以办理。")


def items_visible_to(actor: Actor) -> QuerySet[CreditItem]:
    """The catalogue is public (目录公开)."""
    return CreditItem.objects.all()


def items_usable_by(actor: Actor) -> QuerySet[CreditItem]:
    """The items in use that the catalogues of the actor's region, and of those above, list."""
    code = actor.jurisdiction
    above = Q(division_id__in=[NATION, f"{code[:2]}0000", f"{code[:4]}00", code])
    below = Q(division__code__startswith=subtree_prefix(code)) if code else Q(pk__in=[])
    return CreditItem.objects.filter(above | below, is_open=True)


def item_covers(item: CreditItem, *, division: str) -> bool:
    """Whether the item stands in a catalogue that holds for the division."""
    return item.division_id == NATION or division.startswith(subtree_prefix(item.division_id))


def cases_visible_to(actor: Actor) -> QuerySet[CorrectionCase]:
    """Cases of the official's region, and those about the actor's own organisation."""
    seen = Q(pk__in=[])
    if may_oversee(actor):
        seen |= Q(division__code__startswith=subtree_prefix(actor.jurisdiction))
    if may_speak(actor):
        seen |= Q(organisation_id=actor.organisation_id, state__in=sorted(KNOWN_CASE_STATES))
    return CorrectionCase.objects.filter(seen)


def records_visible_to(actor: Actor) -> QuerySet[CreditRecord]:
    """Records of the official's region, and those about the actor's own organisation."""
    seen = Q(pk__in=[])
    if may_oversee(actor):
        prefix = subtree_prefix(actor.jurisdiction)
        seen |= Q(organisation__division__code__startswith=prefix)
    if may_speak(actor):
        own = Q(organisation_id=actor.organisation_id)
        seen |= own & ~Q(state__in=sorted(ENDED_WITHOUT_TRACE))
    return CreditRecord.objects.filter(seen)


def remedies_visible_to(actor: Actor) -> QuerySet[Remedy]:
    return Remedy.objects.filter(record__in=records_visible_to(actor))


def reports_visible_to(actor: Actor) -> QuerySet[CreditReport]:
    """A report belongs to its subject alone; strangers check it by its code."""
    if not may_speak(actor):
        return CreditReport.objects.none()
    return CreditReport.objects.filter(organisation_id=actor.organisation_id or 0)


def batches_visible_to(actor: Actor) -> QuerySet[ShareBatch]:
    """Batches of the official's region."""
    if not may_oversee(actor):
        return ShareBatch.objects.none()
    prefix = subtree_prefix(actor.jurisdiction)
    return ShareBatch.objects.filter(division__code__startswith=prefix)


def may_read_report(actor: Actor, file: StoredFile) -> bool:
    return reports_visible_to(actor).filter(pk=file.object_id).exists()


def may_read_case_file(actor: Actor, file: StoredFile) -> bool:
    return cases_visible_to(actor).filter(pk=file.object_id).exists()


def may_read_remedy_file(actor: Actor, file: StoredFile) -> bool:
    return remedies_visible_to(actor).filter(pk=file.object_id).exists()


register_file_readers("credit.correctioncase", may_read_case_file)
register_file_readers("credit.remedy", may_read_remedy_file)
register_file_readers("credit.creditreport", may_read_report)
