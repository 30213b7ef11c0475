"""Writes of listings for machines: draft, change, publish, confirm, withdraw, in bulk.

They share addresses with the reads, so they stand on the same router.
"""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError
from django.utils import timezone

from silian.foundation.kernel.api_door import ApiRequest, answered_once
from silian.foundation.kernel.api_pages import IdempotencyKey, Key
from silian.foundation.kernel.api_problems import ApiProblem, FieldProblem, not_found
from silian.foundation.kernel.errors import DomainError
from silian.operations.exchange.api.listings import router
from silian.operations.exchange.choices import ListingSource, ListingState
from silian.operations.exchange.commands.listing_life import confirm_listing, withdraw_listing
from silian.operations.exchange.commands.listing_publication import publish_listing
from silian.operations.exchange.commands.listing_upsert import (
    Upserted,
    UpsertRow,
    number_taken,
    upsert_listings,
)
from silian.operations.exchange.commands.listing_writing import create_listing, edit_listing
from silian.operations.exchange.exports.listing_answers import (
    BulkAnswer,
    OwnListingAnswer,
    RowAnswer,
    own_listing,
)
from silian.operations.exchange.forms.listing_api import (
    BulkBody,
    BulkRow,
    ListingBody,
    NewListingBody,
    PublishBody,
    WithdrawBody,
    codes_in,
    content_of,
    field_problems,
    repeated_places,
)
from silian.operations.exchange.kinds import listing_kinds
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.permissions.listings import writable_listings
from silian.operations.exchange.queries.listing_feed import own_by_external_id
from silian.operations.exchange.queries.listing_references import KnownCodes
from silian.operations.exchange.queries.unmet_demands import division_of
from silian.registers.organisations.choices import TokenScope

WRITES = TokenScope.LISTINGS_WRITE.value


@router.write(
    "/listings",
    name="listing_create",
    title="新建供需草稿",
    text="草稿可以不完整，发布时才要求齐全。给出 external_id 时，同一编号只能有一条。",
    answer=OwnListingAnswer,
    needs=WRITES,
    status=201,
)
def create_own_listing(
    request: ApiRequest, body: NewListingBody, idempotency_key: IdempotencyKey = ""
) -> Any:
    def work() -> tuple[int, OwnListingAnswer]:
        actor = request.auth.actor
        home = home_of(request)
        content = content_of(body, codes=codes_in([body], home=home), home=home)
        if own_by_external_id(writable_listings(actor), [body.external_id]):
            raise number_in_use()
        try:
            listing = create_listing(
                content=content,
                actor=actor,
                source=ListingSource.API,
                external_id=body.external_id,
            )
        except IntegrityError:
            raise number_taken() from None
        return 201, own_listing(listing)

    return answered_once(request, key=idempotency_key, given=body.model_dump(), work=work)


@router.write(
    "/listings/bulk",
    name="listing_bulk",
    title="批量写入供需",
    text="每批最多 500 行，按 external_id 新建或更新，重复提交不会重复写入；逐行返回结果和原因。",
    answer=BulkAnswer,
    needs=WRITES,
)
def bulk_write_listings(
    request: ApiRequest, body: BulkBody, idempotency_key: IdempotencyKey = ""
) -> Any:
    def work() -> tuple[int, BulkAnswer]:
        actor = request.auth.actor
        home = home_of(request)
        codes = codes_in(body.rows, home=home)
        repeated = repeated_places(body.rows)
        done = upsert_listings(
            rows=[
                row_to_write(row, codes=codes, home=home, repeated=place in repeated)
                for place, row in enumerate(body.rows)
            ],
            existing=own_by_external_id(
                writable_listings(actor), [row.external_id for row in body.rows]
            ),
            publish=body.publish,
            all_or_nothing=body.all_or_nothing,
            actor=actor,
            now=timezone.now(),
        )
        answers = [row_answer(place, body.rows[place], row) for place, row in enumerate(done)]
        if body.all_or_nothing:
            refuse_all(answers)
        return 200, bulk_answer(answers)

    return answered_once(request, key=idempotency_key, given=body.model_dump(), work=work)


@router.write(
    "/listings/{int:listing_id}",
    name="listing_update",
    title="修改供需",
    text="整条替换，未给出的项清空；类别不能改。已发布的须保持完整，检查不过的会再次送审。",
    answer=OwnListingAnswer,
    needs=WRITES,
    method="PUT",
)
def update_own_listing(
    request: ApiRequest, listing_id: Key, body: ListingBody, idempotency_key: IdempotencyKey = ""
) -> Any:
    def work() -> tuple[int, OwnListingAnswer]:
        row = own_row(request, listing_id)
        home = home_of(request)
        content = content_of(body, codes=codes_in([body], home=home), home=home)
        if content.kind != row.kind:
            raise DomainError("已有供需的类别不能更改。请另建一条。", field="kind")
        edit_listing(
            listing_id=row.pk, content=content, actor=request.auth.actor, now=timezone.now()
        )
        return 200, own_listing(own_row(request, listing_id))

    return answered_once(request, key=idempotency_key, given=body.model_dump(), work=work)


@router.write(
    "/listings/{int:listing_id}/publish",
    name="listing_publish",
    title="发布供需",
    text="先自动检查；有不妥时为 422 并写明原词和依据，可改后再发，或以 ask_review 请求人工审核。",
    answer=OwnListingAnswer,
    needs=WRITES,
)
def publish_own_listing(
    request: ApiRequest, listing_id: Key, body: PublishBody, idempotency_key: IdempotencyKey = ""
) -> Any:
    def work() -> tuple[int, OwnListingAnswer]:
        row = own_row(request, listing_id)
        publish_listing(
            listing_id=row.pk,
            actor=request.auth.actor,
            now=timezone.now(),
            ask_review=body.ask_review,
            note=body.note,
        )
        return 200, own_listing(own_row(request, listing_id))

    return answered_once(request, key=idempotency_key, given=body.model_dump(), work=work)


@router.write(
    "/listings/{int:listing_id}/confirm",
    name="listing_confirm",
    title="确认供需仍然有效",
    text="已发布的供需每 30 天须确认一次，逾期未确认会暂停。",
    answer=OwnListingAnswer,
    needs=WRITES,
)
def confirm_own_listing(
    request: ApiRequest, listing_id: Key, idempotency_key: IdempotencyKey = ""
) -> Any:
    def work() -> tuple[int, OwnListingAnswer]:
        row = own_row(request, listing_id)
        confirm_listing(listing_id=row.pk, actor=request.auth.actor, now=timezone.now())
        return 200, own_listing(own_row(request, listing_id))

    return answered_once(request, key=idempotency_key, given={}, work=work)


@router.write(
    "/listings/{int:listing_id}/withdraw",
    name="listing_withdraw",
    title="撤回供需",
    text="提前结束，理由留存，洽谈中的对方会看到。",
    answer=OwnListingAnswer,
    needs=WRITES,
)
def withdraw_own_listing(
    request: ApiRequest, listing_id: Key, body: WithdrawBody, idempotency_key: IdempotencyKey = ""
) -> Any:
    def work() -> tuple[int, OwnListingAnswer]:
        row = own_row(request, listing_id)
        withdraw_listing(
            listing_id=row.pk, actor=request.auth.actor, now=timezone.now(), reason=body.reason
        )
        return 200, own_listing(own_row(request, listing_id))

    return answered_once(request, key=idempotency_key, given=body.model_dump(), work=work)


def home_of(request: ApiRequest) -> str:
    return division_of(organisation_id=request.auth.actor.organisation_id or 0)


def own_row(request: ApiRequest, listing_id: int) -> Listing:
    """The caller's own listing; another's is not there."""
    rows = writable_listings(request.auth.actor).filter(pk=listing_id)
    row = rows.select_related("organisation", "division", "occupation").first()
    if row is None:
        raise not_found("条供需")
    return row


def number_in_use() -> DomainError:
    return DomainError(
        "这个编号已有一条供需。请用 PUT 修改那一条，或用批量写入按编号更新。", field="external_id"
    )


def row_to_write(row: BulkRow, *, codes: KnownCodes, home: str, repeated: bool) -> UpsertRow:
    if repeated:
        refusal = DomainError("这一批中编号重复。请只保留一行。", field="external_id")
        return UpsertRow(external_id=row.external_id, refusal=refusal)
    try:
        content = content_of(row, codes=codes, home=home)
    except DomainError as refusal:
        return UpsertRow(external_id=row.external_id, refusal=refusal)
    return UpsertRow(external_id=row.external_id, content=content)


def row_answer(place: int, row: BulkRow, done: Upserted) -> RowAnswer:
    kind = listing_kinds().get(row.kind)
    return RowAnswer(
        row=place,
        external_id=row.external_id,
        status=done.status,
        id=done.listing.pk if done.listing else None,
        state=done.listing.state if done.listing else None,
        detail=done.refusal.sentence if done.refusal else "",
        errors=field_problems(done.refusal, kind=kind) if done.refusal else [],
    )


def refuse_all(answers: list[RowAnswer]) -> None:
    """With all-or-nothing one refused row is a refusal of the request."""
    errors = [
        FieldProblem(field=f"rows.{row.row}.{error.field}", rule=error.rule, cure=error.cure)
        for row in answers
        for error in row.errors
    ]
    if errors:
        bad = len({error.field.split(".")[1] for error in errors})
        raise ApiProblem(
            422, f"{bad} 行不合格，全部没有写入。请改正后整批重新提交。", errors=errors
        )


def bulk_answer(answers: list[RowAnswer]) -> BulkAnswer:
    def number(status: str) -> int:
        return sum(row.status == status for row in answers)

    return BulkAnswer(
        created=number("created"),
        updated=number("updated"),
        unchanged=number("unchanged"),
        refused=number("refused"),
        published=sum(row.state == ListingState.PUBLISHED for row in answers),
        rows=answers,
    )
