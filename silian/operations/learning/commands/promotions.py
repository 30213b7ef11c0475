"""Enter a promotion, verify it by another person, refuse it, correct it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.encryption import encrypted
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.events import publish
from silian.foundation.reference.models import Occupation
from silian.operations.learning import workflow
from silian.operations.learning.choices import AwardState, PromotionState
from silian.operations.learning.events import PromotionMoved
from silian.operations.learning.models.promotions import (
    PayeeAccount,
    Promotion,
    PromotionVersion,
    SkillOffice,
)
from silian.operations.learning.permissions.fund import reports
from silian.operations.learning.permissions.skills import (
    promotions_visible_to,
    require_charge,
    require_office_namer,
)
from silian.operations.learning.queries.workers import employer_of
from silian.operations.learning.rules.certificates import (
    normalised,
    reason_not_a_rise,
    reason_number_wrong,
)
from silian.registers.organisations.models import Organisation
from silian.registers.people.models import Person
from silian.registers.people.queries import index_of_number, person_of

CONSTRAINTS = {
    "promotion_certificate_once": ("certificate", "这个证书编号已经登记过，请核对。"),
    "promotion_level_once": ("after", "这名职工的这个职业、这个等级已经登记过，不能重复登记。"),
}


@dataclass(frozen=True, kw_only=True)
class PromotionFacts:
    """What a certificate says and what led to it (登记内容)."""

    occupation_id: str
    before: str
    after: str
    certificate: str
    issuer: str
    issued_on: datetime.date
    training: str
    trained_hours: int

    @property
    def columns(self) -> dict[str, Any]:
        return {**vars(self), "certificate": normalised(self.certificate)}


def refuse_wrong(facts: PromotionFacts, *, today: datetime.date) -> None:
    """Refuse what cannot be right, beside its box."""
    if facts.issued_on > today:
        raise DomainError("发证日期不能晚于今天。", field="issued_on")
    if reason := reason_not_a_rise(before=facts.before, after=facts.after):
        raise DomainError(reason, field="after")
    reason = reason_number_wrong(
        number=facts.certificate, level=facts.after, issued_on=facts.issued_on
    )
    if reason:
        raise DomainError(reason, field="certificate")
    if not facts.training.strip():
        raise DomainError("请写明参加的培训。没有参加培训的不在奖补范围。", field="training")


@transaction.atomic
def enter_promotion(
    *,
    person_id: int,
    facts: PromotionFacts,
    actor: Actor,
    now: datetime.datetime,
    today: datetime.date,
) -> Promotion:
    """Enter a worker's promotion for the enterprise of the certificate's day (登记等级提升)."""
    if not reports(actor):
        raise NotAllowed("技能等级提升由职工所在企业的管理员或经办人登记。")
    refuse_wrong(facts, today=today)
    employer = employer_of(person_id=person_id, on=facts.issued_on)
    if employer is None or employer.pk != actor.organisation_id:
        raise DomainError(
            f"这名职工 {facts.issued_on} 不在本单位就业，不能由本单位登记。", field="person"
        )
    return new_promotion(person_id=person_id, employer=employer, facts=facts, actor=actor, now=now)


def new_promotion(
    *,
    person_id: int,
    employer: Organisation,
    facts: PromotionFacts,
    actor: Actor,
    now: datetime.datetime,
) -> Promotion:
    """The row with its first version; facts are checked already."""
    row = Promotion(
        person_id=person_id,
        employer=employer,
        division_id=employer.division_id,
        entered_by_id=actor.user_id,
        entered_at=now,
        **facts.columns,
    )
    kept(row)
    keep_version(row, reason="")
    record(actor, "learning.promotion.entered", row)
    publish(PromotionMoved(promotion_id=row.pk, state=row.state))
    return row


def kept(row: Promotion) -> None:
    """Save; what the database refuses is said beside its box."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        for name, (field, sentence) in CONSTRAINTS.items():
            if name in str(error):
                raise DomainError(sentence, field=field) from None
        raise


def keep_version(row: Promotion, *, reason: str) -> None:
    row.occupation = Occupation.objects.get(pk=row.occupation_id)
    PromotionVersion.objects.create(
        promotion=row,
        number=row.version,
        facts=row.stated,
        reason=reason.strip()[:500],
        entered_by_id=row.entered_by_id,
        entered_at=row.entered_at,
    )


def locked_promotion(*, promotion_id: int, actor: Actor) -> Promotion:
    rows = promotions_visible_to(actor).select_related("person", "occupation")
    return rows.select_for_update(of=("self",)).get(pk=promotion_id)


def checked(
    *, promotion_id: int, step: str, note: str, actor: Actor, now: datetime.datetime
) -> Promotion:
    """Decide on an entry: the office does, never the person who entered it (两人核验)."""
    row = locked_promotion(promotion_id=promotion_id, actor=actor)
    require_charge(actor, row.division_id)
    if row.entered_by_id == actor.user_id:
        raise DomainError("登记的人不能核验。请由本部门另一名办理人员核验。")
    row.state = workflow.promotion.target(step, state=PromotionState(row.state))
    row.checked_by_id, row.checked_at = actor.user_id, now
    row.check_note = note.strip()[:500]
    row.save(update_fields=["state", "checked_by", "checked_at", "check_note"])
    record(actor, f"learning.promotion.{step}", row, reason=note)
    publish(PromotionMoved(promotion_id=row.pk, state=row.state))
    return row


@transaction.atomic
def verify_promotion(
    *, promotion_id: int, note: str, actor: Actor, now: datetime.datetime
) -> Promotion:
    """Find the certificate true (核验通过)."""
    return checked(promotion_id=promotion_id, step="verify", note=note, actor=actor, now=now)


@transaction.atomic
def refuse_promotion(
    *, promotion_id: int, note: str, actor: Actor, now: datetime.datetime
) -> Promotion:
    """Refuse an entry with the reason (不予通过)."""
    if not note.strip():
        raise DomainError("请写明不予通过的理由，登记单位会看到。", field="note")
    return checked(promotion_id=promotion_id, step="refuse", note=note, actor=actor, now=now)


@transaction.atomic
def correct_promotion(
    *,
    promotion_id: int,
    facts: PromotionFacts,
    reason: str,
    actor: Actor,
    now: datetime.datetime,
    today: datetime.date,
) -> Promotion:
    """State an entry anew with the reason; it is verified anew (更正登记)."""
    row = locked_promotion(promotion_id=promotion_id, actor=actor)
    if not (reports(actor) and row.employer_id == actor.organisation_id):
        raise NotAllowed("登记由登记企业的管理员或经办人更正。")
    if not reason.strip():
        raise DomainError("请写明更正的理由。", field="reason")
    refuse_wrong(facts, today=today)
    employer = employer_of(person_id=row.person_id, on=facts.issued_on)
    if employer is None or employer.pk != row.employer_id:
        raise DomainError(
            f"这名职工 {facts.issued_on} 不在本单位就业，请核对发证日期。", field="issued_on"
        )
    if row.awards.exclude(state=AwardState.REFUSED).exists():
        raise DomainError("这项提升已列入奖补名单，不能更正。请先联系技能管理部门。")
    row.state = workflow.promotion.target("correct", state=PromotionState(row.state))
    for name, value in facts.columns.items():
        setattr(row, name, value)
    row.occupation = Occupation.objects.get(pk=facts.occupation_id)
    row.version += 1
    row.entered_by_id, row.entered_at = actor.user_id, now
    row.checked_by_id, row.checked_at, row.check_note = None, None, ""
    kept(row)
    keep_version(row, reason=reason)
    record(actor, "learning.promotion.correct", row, reason=reason)
    publish(PromotionMoved(promotion_id=row.pk, state=row.state))
    return row


@transaction.atomic
def give_account(
    *, person_id: int, bank: str, account: str, actor: Actor, now: datetime.datetime
) -> PayeeAccount:
    """Say to which account a person's awards go: the person, or the employer (填写收款账户)."""
    row = Person.objects.select_for_update(of=("self",)).get(pk=person_id)
    me = person_of(actor)
    employs = reports(actor) and promotions_visible_to(actor).filter(
        person_id=person_id, employer_id=actor.organisation_id
    )
    if not (me is not None and me.pk == row.pk) and not (employs and employs.exists()):
        raise NotAllowed("收款账户由本人或登记企业填写。")
    digits = "".join(account.split())
    if not (digits.isascii() and digits.isdigit() and 8 <= len(digits) <= 32):
        raise DomainError("收款账号应为 8 到 32 位数字。请照银行卡填写。", field="account")
    if not bank.strip():
        raise DomainError("请填写开户行。", field="bank")
    index = index_of_number(digits)
    if PayeeAccount.objects.filter(account_index=index).exclude(person=row).exists():
        raise DomainError("这个账号已是另一名职工的收款账户。奖补只付给本人账户。", field="account")
    made, _ = PayeeAccount.objects.update_or_create(
        person=row,
        defaults={
            "bank": bank.strip(),
            "account_cipher": encrypted(digits),
            "account_index": index,
            "account_tail": digits[-4:],
            "given_by_id": actor.user_id,
            "given_at": now,
        },
    )
    record(actor, "learning.account.given", detail={"person": row.pk, "tail": digits[-4:]})
    return made


@transaction.atomic
def name_office(
    *, organisation_id: int, basis: str, since: datetime.date, actor: Actor
) -> SkillOffice:
    """Name the department that verifies and awards in one's region (指定技能管理部门)."""
    require_office_namer(actor)
    unit = Organisation.objects.get(pk=organisation_id)
    if not actor.covers(unit.division_id):
        raise DomainError("只能指定本地区的部门。", field="organisation")
    row, _ = SkillOffice.objects.update_or_create(
        division_id=actor.jurisdiction,
        defaults={"organisation": unit, "basis": basis.strip()[:200], "since": since},
    )
    record(actor, "learning.office.named", row, reason=basis)
    return row
