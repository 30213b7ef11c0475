"""Make, change, publish and retire schemes; nobody publishes what he made himself."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from silian.casework.reviews.choices.schemes import SchemeVersionState
from silian.casework.reviews.gateways.rulebooks import BuiltIn, built_in_schemes
from silian.casework.reviews.models import Scheme, SchemeVersion
from silian.casework.reviews.permissions.schemes import require_writer
from silian.casework.reviews.queries.platform_data import known_data
from silian.casework.reviews.rules.definition_faults import faults_of
from silian.casework.reviews.workflow.scheme_version import scheme_version as table
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record, record_each
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.reference.models import Division
from silian.registers.organisations.models import Organisation

OWN_CODE = "own"  # codes of schemes made in the browser: own_1, own_2 …


@transaction.atomic
def load_built_in_schemes(*, owner: Organisation, division: Division, actor: Actor) -> list[Scheme]:
    """Bring the built-in schemes that a region lacks in, each as a draft (载入内置认定项目).

    Those that it has stay as they are: an official may have changed them.
    """
    if not actor.is_system:
        require_writer(actor)
    present = set(Scheme.objects.filter(division=division).values_list("code", flat=True))
    lacking = [one for code, one in built_in_schemes().items() if code not in present]
    schemes = Scheme.objects.bulk_create(
        [
            Scheme(
                code=one.code,
                title=one.title,
                division=division,
                owner=owner,
                is_demo=owner.is_demo,
            )
            for one in lacking
        ]
    )
    SchemeVersion.objects.bulk_create(
        [
            first_draft(scheme, definition=one.definition, actor=actor)
            for scheme, one in zip(schemes, lacking, strict=True)
        ]
    )
    record_each(actor, "reviews.scheme.loaded", schemes)
    return schemes


def first_draft(
    scheme: Scheme, *, definition: Mapping[str, Any], actor: Actor, number: int = 1
) -> SchemeVersion:
    return SchemeVersion(
        scheme=scheme, number=number, definition=dict(definition), made_by_id=actor.user_id
    )


@transaction.atomic
def make_scheme(*, title: str, actor: Actor, built_in: str = "") -> Scheme:
    """Start a scheme of one's region, blank or from a built-in one (新建认定项目)."""
    require_writer(actor)
    if actor.organisation_id is None:
        raise DomainError("请以牵头部门的身份新建认定项目。")
    check_title_free(title, division=actor.jurisdiction)
    pattern = pattern_named(built_in)
    scheme = Scheme.objects.create(
        code=free_code(pattern, division=actor.jurisdiction),
        title=title.strip(),
        division_id=actor.jurisdiction,
        owner_id=actor.organisation_id,
    )
    first_draft(scheme, definition=pattern.definition if pattern else {}, actor=actor).save()
    record(actor, "reviews.scheme.made", scheme)
    return scheme


def pattern_named(code: str) -> BuiltIn | None:
    if not code:
        return None
    found = built_in_schemes().get(code)
    if found is None:
        raise DomainError("没有这个内置方案。请从列表中选择。", field="built_in")
    return found


def free_code(pattern: BuiltIn | None, *, division: str) -> str:
    """The built-in code while the region has none of it, else the next own one."""
    taken = set(Scheme.objects.filter(division_id=division).values_list("code", flat=True))
    if pattern is not None and pattern.code not in taken:
        return pattern.code
    number = 1
    while f"{OWN_CODE}_{number}" in taken:
        number += 1
    return f"{OWN_CODE}_{number}"


def check_title_free(title: str, *, division: str) -> None:
    if Scheme.objects.filter(division_id=division, title=title.strip()).exists():
        raise DomainError("本地区已有同名的认定项目。请换一个名称。", field="title")


def locked_scheme(scheme_id: int, *, actor: Actor) -> Scheme:
    scheme = Scheme.objects.select_for_update(of=("self",)).get(pk=scheme_id)
    require_writer(actor, scheme)
    return scheme


def draft_of(scheme: Scheme) -> SchemeVersion | None:
    return scheme.versions.filter(state=SchemeVersionState.DRAFT).first()


@transaction.atomic
def open_draft(*, scheme_id: int, actor: Actor) -> SchemeVersion:
    """The draft of a scheme; a new one starts from the newest version (修订方案)."""
    scheme = locked_scheme(scheme_id, actor=actor)
    draft = draft_of(scheme)
    if draft is not None:
        return draft
    newest = scheme.versions.order_by("-number").first()
    highest = scheme.versions.aggregate(highest=Max("number"))["highest"] or 0
    draft = first_draft(
        scheme,
        definition=newest.definition if newest else {},
        actor=actor,
        number=highest + 1,
    )
    draft.save()
    record(actor, "reviews.scheme.saved", scheme, detail={"version": draft.number})
    return draft


@transaction.atomic
def save_draft(
    *,
    scheme_id: int,
    definition: Mapping[str, Any],
    actor: Actor,
    title: str | None = None,
    seen: Mapping[str, Any] | None = None,
) -> SchemeVersion:
    """Keep the draft as it is now; it may still have faults (保存草稿).

    Who saves last is its maker, and so does not publish it. ``seen`` is the draft on which the
    change rests: another one means that somebody else was faster.
    """
    scheme = locked_scheme(scheme_id, actor=actor)
    draft = draft_of(scheme)
    if draft is None:
        raise WrongState("没有草稿。请先点“修订”，再修改。")
    if seen is not None and draft.definition != seen:
        raise WrongState("草稿刚刚被另一位同事改过，您的修改没有保存。请刷新后再改。")
    if title is not None and title.strip() != scheme.title:
        check_title_free(title, division=scheme.division_id)
        scheme.title = title.strip()
        scheme.save(update_fields=["title"])
    draft.definition, draft.made_by_id = dict(definition), actor.user_id
    draft.save(update_fields=["definition", "made_by"])
    record(actor, "reviews.scheme.saved", scheme, detail={"version": draft.number})
    return draft


@transaction.atomic
def drop_draft(*, scheme_id: int, actor: Actor) -> None:
    """Throw the draft away; a scheme that never had a version goes with it (删除草稿)."""
    scheme = locked_scheme(scheme_id, actor=actor)
    draft = draft_of(scheme)
    if draft is None:
        raise WrongState("没有草稿可以删除。")
    record(actor, "reviews.scheme.dropped", scheme, detail={"version": draft.number})
    draft.delete()
    if not scheme.versions.exists():
        scheme.delete()


@transaction.atomic
def publish_version(
    *, scheme_id: int, actor: Actor, now: datetime.datetime | None = None
) -> SchemeVersion:
    """Publish the draft; new batches take it, running ones keep theirs (发布方案).

    Two people: who made the draft does not publish it.
    """
    scheme = locked_scheme(scheme_id, actor=actor)
    draft = draft_of(scheme)
    if draft is None:
        raise WrongState("没有待发布的草稿。请先修改并保存。")
    if draft.made_by_id is not None and draft.made_by_id == actor.user_id:
        raise NotAllowed("方案由您制定，应由另一位统筹人员核对后发布。")
    state = table.target(
        "publish",
        state=SchemeVersionState(draft.state),
        faults=faults_of(draft.definition, known=known_data()),
    )
    scheme.versions.filter(state=SchemeVersionState.PUBLISHED).update(
        state=SchemeVersionState.RETIRED
    )
    draft.state, draft.published_at = state, now or timezone.now()
    draft.save(update_fields=["state", "published_at"])
    record(actor, "reviews.scheme.published", scheme, detail={"version": draft.number})
    return draft


@transaction.atomic
def retire_version(*, scheme_id: int, reason: str, actor: Actor) -> SchemeVersion:
    """Take the published version out of use: no new batches; running ones go on (停用)."""
    scheme = locked_scheme(scheme_id, actor=actor)
    version = scheme.versions.filter(state=SchemeVersionState.PUBLISHED).first()
    if version is None:
        raise WrongState("没有已发布的版本可以停用。")
    if not reason.strip():
        raise DomainError("请写明停用原因。", field="reason")
    version.state = table.target("retire", state=SchemeVersionState(version.state))
    version.save(update_fields=["state"])
    record(
        actor,
        "reviews.scheme.retired",
        scheme,
        reason=reason.strip(),
        detail={"version": version.number},
    )
    return version
