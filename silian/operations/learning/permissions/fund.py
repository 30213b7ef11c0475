"""Who calls for returns, fills them in, checks them and reads them."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile
from silian.operations.learning.choices import CallState
from silian.operations.learning.models.calls import ConsultedOffice, FundCall, FundCallUnit
from silian.operations.learning.models.returns import FundReturn
from silian.registers.organisations.choices import OrganisationKind, Role

KEEPERS = frozenset({Role.REVIEWER, Role.COORDINATOR})
OVERSEERS = frozenset({Role.SUPERVISOR, Role.LEADER})
WRITERS = frozenset({Role.MANAGER, Role.AGENT})


def keeps(actor: Actor) -> bool:
    """Whether the actor works for a department of a region (主管部门办理人员)."""
    is_official = actor.organisation_kind == OrganisationKind.GOVERNMENT
    return is_official and bool(actor.jurisdiction) and actor.has_role(*KEEPERS)


def coordinates(actor: Actor) -> bool:
    return keeps(actor) and actor.has_role(Role.COORDINATOR)


def oversees(actor: Actor) -> bool:
    """Whether the actor reads all returns of a region without deciding (督查、领导)."""
    return bool(actor.jurisdiction) and actor.has_role(*OVERSEERS)


def reports(actor: Actor) -> bool:
    """Whether the actor fills in returns for a verified enterprise (填报)."""
    return (
        actor.organisation_kind == OrganisationKind.ENTERPRISE
        and actor.organisation_verified
        and actor.organisation_id is not None
        and actor.has_role(*WRITERS)
    )


def reads_register(actor: Actor) -> bool:
    return keeps(actor) or oversees(actor)


def may_open(actor: Actor) -> bool:
    return reads_register(actor) or reports(actor)


def within(actor: Actor) -> Q:
    return Q(division__code__startswith=subtree_prefix(actor.jurisdiction))


def calls_visible_to(actor: Actor) -> QuerySet[FundCall]:
    """Notices of the official's region or above it, issued ones for those who are asked."""
    seen = Q(pk__in=[])
    if reads_register(actor):
        seen |= within(actor)
        seen |= Q(Exists(consulting(actor, "pk")), state=CallState.ISSUED)
    if reports(actor):
        own = FundCallUnit.objects.filter(
            call_id=OuterRef("pk"), organisation_id=actor.organisation_id or 0
        )
        seen |= Q(Exists(own), state=CallState.ISSUED)
    return FundCall.objects.filter(seen)


def consulting(actor: Actor, path: str) -> QuerySet[ConsultedOffice]:
    """The notices that ask the actor's office for opinions; ``path`` is the key of the call."""
    return ConsultedOffice.objects.filter(
        call_id=OuterRef(path), organisation_id=actor.organisation_id or 0
    )


def returns_visible_to(actor: Actor) -> QuerySet[FundReturn]:
    """One's own; for officials those that were submitted and are theirs to read.

    The authority of the notice and the consulted offices read them, coordinators, supervisors
    and leaders read all of the region; another department does not see a firm's wages.
    """
    seen = Q(pk__in=[])
    if reports(actor):
        seen |= Q(organisation_id=actor.organisation_id)
    submitted = Q(current__isnull=False)
    if coordinates(actor) or oversees(actor):
        seen |= submitted & within(actor)
    elif keeps(actor):
        in_charge = Q(call__authority_id=actor.organisation_id)
        seen |= submitted & within(actor) & (in_charge | Q(Exists(consulting(actor, "call_id"))))
    return FundReturn.objects.filter(seen)


def owns(actor: Actor, row: FundReturn) -> bool:
    return reports(actor) and row.organisation_id == actor.organisation_id


def require_reporter(actor: Actor) -> None:
    if not reports(actor):
        raise NotAllowed("经费报告由已核验企业的管理员或经办人填报。")


def require_owner(actor: Actor, row: FundReturn) -> None:
    if not owns(actor, row):
        raise NotAllowed("这份报告由填报企业的管理员或经办人办理。")


def may_call(actor: Actor) -> bool:
    return keeps(actor)


def may_manage(actor: Actor, call: FundCall) -> bool:
    """Whether the actor manages a notice: its authority, or the region's coordinator (管理通知)."""
    if not (keeps(actor) and actor.covers(call.division_id)):
        return False
    return actor.has_role(Role.COORDINATOR) or call.authority_id == actor.organisation_id


def require_caller(actor: Actor, *, division: str) -> None:
    if not (may_call(actor) and actor.covers(division)):
        raise NotAllowed("经费报告通知由本地区主管部门的统筹或审核人员办理。")


def require_manager(actor: Actor, call: FundCall) -> None:
    if not may_manage(actor, call):
        raise NotAllowed(f"这份通知由核对部门“{call.authority}”或统筹人员办理。")


def may_check(actor: Actor, row: FundReturn) -> bool:
    """Whether the actor decides on a return: its authority or a coordinator, never its own."""
    if not (keeps(actor) and actor.covers(row.division_id)):
        return False
    in_charge = actor.has_role(Role.COORDINATOR) or row.call.authority_id == actor.organisation_id
    return in_charge and row.organisation_id != actor.organisation_id


def require_checker(actor: Actor, row: FundReturn) -> None:
    if not may_check(actor, row):
        raise NotAllowed("报告由通知写明的核对部门或本地区统筹人员核对，本单位的除外。")


def is_consulted(actor: Actor, row: FundReturn) -> bool:
    """Whether the actor's office is asked for an opinion on the return (征求意见)."""
    asked = ConsultedOffice.objects.filter(
        call_id=row.call_id, organisation_id=actor.organisation_id or 0
    )
    return keeps(actor) and asked.exists()


def require_consulted(actor: Actor, row: FundReturn) -> None:
    if not is_consulted(actor, row):
        raise NotAllowed("只有通知写明征求意见的部门可以提意见。")


def may_read_return_file(actor: Actor, file: StoredFile) -> bool:
    return returns_visible_to(actor).filter(pk=int(file.object_id)).exists()


register_file_readers("learning.fundreturn", may_read_return_file)
