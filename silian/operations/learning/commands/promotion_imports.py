"""Read a sheet of promotions, show it row by row, take the good rows in."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.sheets import sheet_of
from silian.foundation.reference.models import Occupation
from silian.operations.learning.commands.promotions import (
    PromotionFacts,
    new_promotion,
    refuse_wrong,
)
from silian.operations.learning.models.promotions import (
    STANDING,
    Promotion,
    PromotionImport,
)
from silian.operations.learning.permissions.skills import enters, imports_visible_to, in_charge
from silian.operations.learning.queries.workers import Employments
from silian.operations.learning.rules.certificates import normalised
from silian.operations.learning.rules.promotion_sheet import (
    AFTER,
    BEFORE,
    CERTIFICATE,
    HOURS,
    ISSUED,
    ISSUER,
    NAME,
    NUMBER,
    OCCUPATION,
    REQUIRED,
    TRAINING,
    LineReader,
)
from silian.registers.organisations.models import Organisation
from silian.registers.people.models import Person
from silian.registers.people.queries import people_by_id_numbers

MOST_ROWS = 500  # what one person can look through before taking it in
Row = dict[str, Any]


@transaction.atomic
def read_sheet(
    *, name: str, content: bytes, actor: Actor, now: datetime.datetime, today: datetime.date
) -> PromotionImport:
    """Read a sheet and keep what each row would do; nothing is entered yet (导入预览)."""
    if not enters(actor, actor.jurisdiction or ""):
        raise NotAllowed("技能等级提升由企业或技能管理部门导入。")
    sheet = sheet_of(name=name, content=content, most_rows=MOST_ROWS)
    sheet.require(*REQUIRED)
    lines = list(sheet.numbered())
    if not lines:
        raise DomainError("表里没有一行数据。", field="file")
    rows = rows_of(lines, actor=actor, today=today)
    made = PromotionImport.objects.create(
        organisation_id=actor.organisation_id or 0,
        name=name[:200],
        rows=rows,
        read_at=now,
        read_by_id=actor.user_id,
    )
    record(actor, "learning.promotion.sheet_read", made, detail={"rows": len(rows)})
    return made


def rows_of(
    lines: list[tuple[int, dict[str, str]]], *, actor: Actor, today: datetime.date
) -> list[Row]:
    """Every line with what it says and what is wrong; a constant number of queries and a few."""
    people = people_by_id_numbers(cells.get(NUMBER, "").strip().upper() for _, cells in lines)
    codes = {cells.get(OCCUPATION, "").strip() for _, cells in lines}
    occupations = {row.code: row for row in Occupation.objects.filter(code__in=codes)}
    known = KnownRows(
        people=[person.pk for person in people.values()],
        certificates={normalised(cells.get(CERTIFICATE, "")) for _, cells in lines},
        actor=actor,
    )
    rows = []
    for number, cells in lines:
        reader = LineReader(cells)
        person = people.get(reader.text(NUMBER).upper())
        row = row_of(reader, person=person, occupation=occupations.get(reader.text(OCCUPATION)))
        if not reader.problems:
            check(row, reader=reader, today=today, known=known)
        rows.append({**row, "row": number, "problems": reader.problems})
    return rows


class KnownRows:
    """What stands on the register or higher in the sheet, and who works where (查重)."""

    def __init__(self, *, people: list[int], certificates: set[str], actor: Actor) -> None:
        rows = Promotion.objects.filter(person__in=people, state__in=STANDING)
        self.levels = set(rows.values_list("person_id", "occupation_id", "after"))
        taken = Promotion.objects.filter(certificate__in=certificates, state__in=STANDING)
        self.numbers = set(taken.values_list("certificate", flat=True))
        self.employments = Employments(people)
        self.actor = actor
        self.charges: dict[str, bool] = {}

    def may_enter_for(self, employer: Organisation) -> bool:
        """Whether the actor enters for the employer: its own staff, or the office."""
        division = employer.division_id
        if employer.pk == self.actor.organisation_id:
            return True
        if division not in self.charges:
            self.charges[division] = in_charge(self.actor, division)
        return self.charges[division]

    def reason(self, row: Row) -> str | None:
        """Why the line repeats something, or None; what is good counts as known from then on."""
        key = (row["person"], row["occupation"], row["after"])
        if key in self.levels:
            return "这名职工的这个职业、这个等级已经登记，或在表里出现了两次。"
        if row["certificate"] in self.numbers:
            return "这个证书编号已经登记，或在表里出现了两次。"
        self.levels.add(key)
        self.numbers.add(row["certificate"])
        return None


def row_of(reader: LineReader, *, person: Person | None, occupation: Occupation | None) -> Row:
    """The cells of a line; people by key and mask only."""
    if person is None:
        reader.refuse(NUMBER, "人员登记里没有这个证件号，请先登记人员。")
    elif reader.text(NAME) and reader.text(NAME) != person.name:
        reader.refuse(NAME, "与人员登记的姓名不一致，请核对。")
    if occupation is None:
        reader.refuse(OCCUPATION, "职业分类大典里没有这个代码，例如 6-18-01-01。")
    issued_on = reader.day(ISSUED)
    return {
        "person": person.pk if person else None,
        "name": person.name if person else reader.text(NAME)[:60],
        "mask": person.id_number_mask if person else "",
        "occupation": occupation.pk if occupation else "",
        "occupation_name": occupation.name if occupation else "",
        "before": reader.level(BEFORE, required=False),
        "after": reader.level(AFTER, required=True),
        "certificate": normalised(reader.needed(CERTIFICATE, most=40)),
        "issuer": reader.needed(ISSUER, most=120),
        "issued_on": issued_on.isoformat() if issued_on else "",
        "training": reader.needed(TRAINING, most=200),
        "trained_hours": reader.hours(HOURS),
        "employer": None,
        "employer_name": "",
    }


def facts_of(row: Row) -> PromotionFacts:
    return PromotionFacts(
        occupation_id=row["occupation"],
        issued_on=datetime.date.fromisoformat(row["issued_on"]),
        **{
            name: row[name]
            for name in ("before", "after", "certificate", "issuer", "training", "trained_hours")
        },
    )


def check(row: Row, *, reader: LineReader, today: datetime.date, known: KnownRows) -> None:
    """What a well-formed line still must satisfy: the certificate, the employer, no repetition."""
    facts = facts_of(row)
    try:
        refuse_wrong(facts, today=today)
    except DomainError as refusal:
        reader.problems.append(refusal.sentence)
        return
    employer = known.employments.employer(row["person"], on=facts.issued_on)
    if employer is None:
        reader.refuse(ISSUED, "发证当日没有在职单位，请先在人员登记里补上。")
    elif not known.may_enter_for(employer):
        reader.refuse(NUMBER, f"发证当日在“{employer.display_name}”就业，不能由本单位登记。")
    elif reason := known.reason(row):
        reader.problems.append(reason)
    else:
        row["employer"], row["employer_name"] = employer.pk, employer.display_name


@transaction.atomic
def take_import(*, import_id: int, actor: Actor, now: datetime.datetime) -> PromotionImport:
    """Enter the good rows of a sheet, each again refused by the database if doubled (导入)."""
    rows = imports_visible_to(actor).select_for_update(of=("self",))
    made = rows.get(pk=import_id)
    if made.taken_at is not None:
        raise DomainError(f"这份表格已在 {made.taken_at:%Y-%m-%d} 导入，不能再导入。")
    good = [row for row in made.rows if not row["problems"]]
    if not good:
        raise DomainError("没有可以导入的行。请改好表格后重新上传。")
    employers = Organisation.objects.in_bulk([row["employer"] for row in good])
    for row in good:
        enter_row(row, employer=employers[row["employer"]], actor=actor, now=now)
    made.taken_at, made.taken = now, len(good)
    made.save(update_fields=["taken_at", "taken"])
    record(actor, "learning.promotion.imported", made, detail={"rows": len(good)})
    return made


def enter_row(row: Row, *, employer: Organisation, actor: Actor, now: datetime.datetime) -> None:
    try:
        new_promotion(
            person_id=row["person"], employer=employer, facts=facts_of(row), actor=actor, now=now
        )
    except DomainError as refusal:
        raise DomainError(f"第 {row['row']} 行：{refusal.sentence}请重新上传。") from None
