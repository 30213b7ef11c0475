"""Who may see, own, ask for and read shared data sets."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import NotAllowed
from silian.operations.exchange.choices import SharingTerms
from silian.operations.exchange.models.data_set import DataReading, DataRequest, DataSet
from silian.operations.exchange.permissions.negotiations import side_of
from silian.registers.organisations.choices import WRITING_ROLES, OrganisationKind, Role

OFFICIAL_WRITERS = WRITING_ROLES | {Role.REVIEWER}


def may_write_data(actor: Actor) -> bool:
    """Whether the actor registers and refreshes data for its organisation (数据经办人)."""
    return (
        actor.organisation_id is not None
        and actor.organisation_verified
        and actor.has_role(*OFFICIAL_WRITERS)
    )


def is_official(actor: Actor) -> bool:
    """Whether the actor asks for data on behalf of a department (政府部门经办)."""
    return may_write_data(actor) and actor.organisation_kind == OrganisationKind.GOVERNMENT


def data_sets_visible_to(actor: Actor) -> QuerySet[DataSet]:
    """Open ones for everybody; for departments the whole catalogue; one's own always."""
    seen = Q(terms=SharingTerms.OPEN, withdrawn_at__isnull=True)
    if is_official(actor):
        seen |= Q(withdrawn_at__isnull=True)
    if may_write_data(actor):
        seen |= Q(owner_id=side_of(actor))
    return DataSet.objects.filter(seen)


def owns(actor: Actor, data_set: DataSet) -> bool:
    return may_write_data(actor) and data_set.owner_id == side_of(actor)


def require_owner(actor: Actor, data_set: DataSet) -> None:
    if not owns(actor, data_set):
        raise NotAllowed("这个数据集由提供单位的管理员或经办人办理。")


def require_data_writer(actor: Actor) -> None:
    if not may_write_data(actor):
        raise NotAllowed("数据集由已核验单位的管理员、经办人或主管部门人员登记。")


def data_requests_visible_to(actor: Actor) -> QuerySet[DataRequest]:
    """The requests of one's own organisation, and those for its data sets."""
    if not may_write_data(actor):
        return DataRequest.objects.none()
    own = Q(organisation_id=side_of(actor)) | Q(data_set__owner_id=side_of(actor))
    return DataRequest.objects.filter(own)


def data_readings_visible_to(actor: Actor) -> QuerySet[DataReading]:
    """Who read the data sets of one's own organisation (读取记录)."""
    if not may_write_data(actor):
        return DataReading.objects.none()
    return DataReading.objects.filter(edition__data_set__owner_id=side_of(actor))
