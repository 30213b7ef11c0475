"""Tells owners of requests for their data, and departments of the answer."""

from __future__ import annotations

from silian.foundation.kernel.events import subscribe
from silian.operations.exchange.choices import DataRequestState
from silian.operations.exchange.events import DataRequestDecided, DataRequestMade
from silian.operations.exchange.handlers.negotiations import writers_of
from silian.operations.exchange.models.data_set import DataRequest
from silian.registers.accounts.choices import NotificationKind
from silian.registers.accounts.commands.notifications import notify


def read(request_id: int) -> DataRequest:
    return DataRequest.objects.select_related("data_set", "organisation").get(pk=request_id)


@subscribe(DataRequestMade)
def tell_owner_of_request(event: DataRequestMade) -> None:
    request = read(event.request_id)
    notify(
        user_ids=writers_of(request.data_set.owner_id),
        kind=NotificationKind.TASK,
        title=f"{request.organisation.display_name}申请使用“{request.data_set.title}”",
        detail=request.purpose,
        url=request.data_set.get_absolute_url(),
        organisation_id=request.data_set.owner_id,
        key=f"data-request-{request.pk}-made",
    )


@subscribe(DataRequestDecided)
def tell_department_of_answer(event: DataRequestDecided) -> None:
    request = read(event.request_id)
    granted = request.state == DataRequestState.APPROVED
    notify(
        user_ids=writers_of(request.organisation_id),
        kind=NotificationKind.REVIEW,
        title=f"“{request.data_set.title}”的共享申请{'已同意' if granted else '未同意'}",
        detail=f"可使用至 {request.ends_on}" if granted else request.reason,
        url=request.data_set.get_absolute_url(),
        organisation_id=request.organisation_id,
        key=f"data-request-{request.pk}-decided",
    )
