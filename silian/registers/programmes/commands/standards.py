"""Standards: entered, written in versions, reviewed, in force; and joint works."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import IntegrityError, transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish
from silian.registers.organisations.models import Organisation
from silian.registers.programmes.choices import VersionState
from silian.registers.programmes.events import StandardVersionInForce
from silian.registers.programmes.models.programmes import Programme
from silian.registers.programmes.models.standards import (
    JointWork,
    Standard,
    StandardAuthor,
    StandardVersion,
)
from silian.registers.programmes.permissions.programmes import require_manager
from silian.registers.programmes.permissions.standards import (
    require_keeper,
    require_standard_reviewer,
    require_standard_writer,
)
from silian.registers.programmes.workflow.standard import version as steps


@dataclass(frozen=True, kw_only=True)
class StandardFacts:
    """What names a standard (标准登记)."""

    kind: str
    title: str
    number: str = ""
    major_id: str | None = None
    occupation_id: str | None = None


@transaction.atomic
def register_standard(*, actor: Actor, facts: StandardFacts) -> Standard:
    """Enter a standard that the actor's organisation keeps (登记标准)."""
    require_standard_writer(actor)
    keeper = Organisation.objects.get(pk=actor.organisation_id or 0)
    try:
        with transaction.atomic():
            made = Standard.objects.create(
                keeper=keeper, division_id=keeper.division_id, **asdict(facts)
            )
    except IntegrityError:
        raise DomainError(
            "这个标准编号已登记。请核对编号，或在原标准下新增版本。", field="number"
        ) from None
    record(actor, "programmes.standard.registered", made)
    return made


@transaction.atomic
def draft_version(
    *,
    standard_id: int,
    actor: Actor,
    edition: str,
    summary: str,
    changes: str = "",
    author_ids: Sequence[int] = (),
) -> StandardVersion:
    """Begin a version, naming who writes it (起草标准版本)."""
    standard = Standard.objects.select_for_update(of=("self",)).get(pk=standard_id)
    require_keeper(actor, standard)
    try:
        with transaction.atomic():
            made = StandardVersion.objects.create(
                standard=standard, edition=edition, summary=summary, changes=changes
            )
    except IntegrityError:
        raise DomainError(
            f"已有名为“{edition}”的版本，请改用其他版本名。", field="edition"
        ) from None
    authors = dict.fromkeys([standard.keeper_id, *author_ids])
    StandardAuthor.objects.bulk_create(
        [StandardAuthor(version=made, organisation_id=pk) for pk in authors]
    )
    record(actor, "programmes.standard.drafted", made)
    return made


def locked(version_id: int) -> StandardVersion:
    rows = StandardVersion.objects.select_for_update(of=("self",)).select_related("standard")
    return rows.get(pk=version_id)


@transaction.atomic
def submit_version(*, version_id: int, actor: Actor, now: datetime.datetime) -> StandardVersion:
    """Send a version to review (送审)."""
    version = locked(version_id)
    require_keeper(actor, version.standard)
    version.state = steps.target(
        "submit",
        state=VersionState(version.state),
        summary=version.summary,
        authors=version.authors.count(),
    )
    version.submitted_at = now
    version.save(update_fields=["state", "submitted_at"])
    record(actor, "programmes.standard.submitted", version)
    return version


@transaction.atomic
def send_version_back(
    *, version_id: int, actor: Actor, opinion: str, now: datetime.datetime
) -> StandardVersion:
    """The reviewer asks for changes (退回修改)."""
    version = locked(version_id)
    require_standard_reviewer(actor, version.standard)
    version.state = steps.target("send_back", state=VersionState(version.state), reason=opinion)
    version.review_opinion, version.reviewed_at = opinion.strip(), now
    version.reviewed_by_id = actor.user_id
    version.save(update_fields=["state", "review_opinion", "reviewed_at", "reviewed_by"])
    record(actor, "programmes.standard.sent_back", version, reason=version.review_opinion)
    return version


@transaction.atomic
def put_version_in_force(
    *,
    version_id: int,
    actor: Actor,
    on: datetime.date,
    opinion: str,
    now: datetime.datetime,
) -> StandardVersion:
    """The reviewer passes a version; the one before ends on the same day (发布实施)."""
    version = locked(version_id)
    require_standard_reviewer(actor, version.standard)
    version.state = steps.target("put_in_force", state=VersionState(version.state))
    earlier = version.standard.versions.filter(state=VersionState.IN_FORCE).first()
    if earlier is not None and earlier.in_force_from and on < earlier.in_force_from:
        raise DomainError("实施日不能早于上一版的实施日，请改选日期。", field="on")
    if earlier is not None:
        earlier.state = steps.target("replace", state=VersionState(earlier.state))
        earlier.in_force_until = on
        earlier.save(update_fields=["state", "in_force_until"])
    version.in_force_from, version.review_opinion = on, opinion.strip()
    version.reviewed_by_id, version.reviewed_at = actor.user_id, now
    version.save(
        update_fields=["state", "in_force_from", "review_opinion", "reviewed_by", "reviewed_at"]
    )
    record(actor, "programmes.standard.put_in_force", version)
    publish(StandardVersionInForce(version_id=version.pk))
    return version


@transaction.atomic
def withdraw_version(
    *, version_id: int, actor: Actor, on: datetime.date, reason: str
) -> StandardVersion:
    """End a version without a successor (废止)."""
    version = locked(version_id)
    require_standard_reviewer(actor, version.standard)
    version.state = steps.target("withdraw", state=VersionState(version.state), reason=reason)
    version.in_force_until = max(on, version.in_force_from or on)
    version.save(update_fields=["state", "in_force_until"])
    record(actor, "programmes.standard.withdrawn", version, reason=reason.strip())
    return version


@dataclass(frozen=True, kw_only=True)
class WorkFacts:
    """What school and enterprise made (共建成果资料)."""

    kind: str
    title: str
    enterprise_id: int
    published_on: datetime.date
    isbn: str = ""
    hours: int | None = None
    summary: str = ""
    standard_id: int | None = None


@transaction.atomic
def add_joint_work(*, programme_id: int, actor: Actor, facts: WorkFacts) -> JointWork:
    """Enter a textbook, course or syllabus made together (登记共建成果)."""
    programme = Programme.objects.get(pk=programme_id)
    require_manager(actor, programme)
    made = JointWork.objects.create(programme=programme, **asdict(facts))
    record(actor, "programmes.joint_work.added", made)
    return made
