"""What is typed about competitions, entrants, results and training."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from silian.casework.reviews.models import Recognition
from silian.foundation.kernel.actors import Actor
from silian.foundation.reference.forms import OccupationField
from silian.foundation.ui import widgets
from silian.operations.learning.choices import CompetitionLevel, Prize
from silian.operations.learning.commands.competitions import CompetitionFacts
from silian.operations.learning.commands.entrants import Result
from silian.operations.learning.commands.sessions import SessionFacts
from silian.operations.learning.forms.checking import long_text
from silian.operations.learning.models.competitions import Competition, Entrant
from silian.operations.learning.permissions.fund import keeps
from silian.operations.learning.queries.competitions import BASE_SCHEMES
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Organisation
from silian.registers.people.models import Person

PLAIN = (
    "title", "level", "place", "opens_on", "closes_on", "starts_on", "ends_on", "unit_limit",
    "basis", "text",
)  # fmt: skip
MOST_UNIT = 500
MOST_RANK = 100_000
SHOWN_WORKERS = 100


def day_field(label: str, **given: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=widgets.DateInput(), **given)


def bases() -> QuerySet[Organisation]:
    """Schools, and whoever holds the status of a training base (可作基地的单位)."""
    held = Recognition.objects.filter(scheme__code__in=BASE_SCHEMES).values("holder_id")
    rows = Organisation.objects.filter(
        Q(kind=OrganisationKind.SCHOOL) | Q(pk__in=held), state=OrganisationState.VERIFIED
    )
    return rows.order_by("name")


def halves(form: forms.Form, *names: str) -> None:
    for name in names:
        form.fields[name].half = True  # type: ignore[attr-defined]


class CompetitionForm(forms.Form):
    """A competition as it is announced (技能竞赛)."""

    title = forms.CharField(label="名称", max_length=120)
    level = forms.ChoiceField(label="级别", choices=CompetitionLevel.choices)
    occupation = OccupationField(label="职业", help_text="按职业分类大典选择。")
    basis = forms.CharField(
        label="依据", max_length=200, required=False, help_text="举办竞赛的文件和条款。"
    )
    joint = forms.ModelMultipleChoiceField(
        label="联合主办单位",
        queryset=Organisation.objects.none(),
        required=False,
        widget=widgets.CheckboxList(),
        help_text="总工会、人力资源社会保障等部门和协会。",
    )
    base = forms.ModelChoiceField(
        label="承办基地",
        queryset=Organisation.objects.none(),
        required=False,
        widget=widgets.SearchSelect(),
        empty_label="没有承办基地",
        help_text="学校，或者认定过的实训基地。",
    )
    place = forms.CharField(label="比赛地点", max_length=120, required=False)
    opens_on = day_field("报名开始日", help_text="到这一天自动开放报名。")
    closes_on = day_field("报名截止日")
    starts_on = day_field("比赛开始日")
    ends_on = day_field("比赛结束日")
    unit_limit = forms.IntegerField(
        label="每单位名额",
        min_value=0,
        max_value=MOST_UNIT,
        initial=0,
        help_text="0 表示不限。",
    )
    text = long_text("竞赛说明", required=False, help_text="赛项、报名条件、奖项设置。")
    fieldsets = [
        ("竞赛", ["title", "level", "occupation", "basis", "text"]),
        ("谁来办", ["joint", "base", "place"]),
        ("时间和名额", ["opens_on", "closes_on", "starts_on", "ends_on", "unit_limit"]),
    ]

    def __init__(self, *args: Any, actor: Actor, **rest: Any) -> None:
        super().__init__(*args, **rest)
        offices = Organisation.objects.filter(
            kind__in=(OrganisationKind.GOVERNMENT, OrganisationKind.ASSOCIATION),
            state=OrganisationState.VERIFIED,
        ).exclude(pk=actor.organisation_id or 0)
        self.fields["joint"].queryset = offices.order_by("name")  # type: ignore[attr-defined]
        self.fields["base"].queryset = bases()  # type: ignore[attr-defined]
        if not keeps(actor):
            self.fields["level"].choices = [  # type: ignore[attr-defined]
                (CompetitionLevel.ENTERPRISE.value, CompetitionLevel.ENTERPRISE.label)
            ]
        halves(self, "opens_on", "closes_on", "starts_on", "ends_on")

    @staticmethod
    def initial_from(row: Competition) -> dict[str, Any]:
        joint = list(row.joint.values_list("organisation_id", flat=True))
        plain = {name: getattr(row, name) for name in PLAIN}
        return {**plain, "joint": joint, "base": row.base_id, "occupation": row.occupation_id}

    def facts(self) -> CompetitionFacts:
        given = self.cleaned_data
        base = given["base"]
        return CompetitionFacts(
            occupation_id=given["occupation"].pk,
            base_id=base.pk if base else None,
            joint_ids=tuple(row.pk for row in given["joint"]),
            **{name: given[name] for name in PLAIN},
        )


class WorkersForm(forms.Form):
    """Which workers of the enterprise enter (报名职工)."""

    people = forms.TypedMultipleChoiceField(
        label="职工", coerce=int, widget=widgets.CheckboxList(), choices=()
    )

    def __init__(self, *args: Any, workers: QuerySet[Person], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["people"].choices = [  # type: ignore[attr-defined]
            (row.pk, f"{row.name} {row.id_number_mask}") for row in workers[:SHOWN_WORKERS]
        ]


class ReasonForm(forms.Form):
    """Why something is done that others will read (理由)."""

    reason = long_text("理由", most=500, rows=3)


class ResultForm(forms.Form):
    """What one entrant achieved (成绩)."""

    rank = forms.IntegerField(label="名次", min_value=1, max_value=MOST_RANK, required=False)
    score = forms.DecimalField(
        label="成绩", min_value=0, max_value=10_000, max_digits=7, decimal_places=2, required=False
    )
    prize = forms.ChoiceField(label="奖项", choices=[("", "无"), *Prize.choices], required=False)
    is_absent = forms.BooleanField(label="缺赛", required=False)

    def name_boxes(self, person: str) -> None:
        """Say whose box it is to those who cannot see the table."""
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{person} {field.label}"

    def result(self) -> Result:
        given = self.cleaned_data
        return Result(**{name: given[name] for name in ("rank", "score", "prize", "is_absent")})


class CorrectionForm(ResultForm):
    """A published result put right (更正成绩)."""

    reason = long_text("更正理由", most=500, rows=3, help_text="原成绩会和理由一起保留。")


class ScoresForm:
    """One result form for each entrant (登记成绩)."""

    def __init__(self, data: Any, *, entrants: list[Entrant]) -> None:
        self.lines = [
            (
                entrant,
                ResultForm(
                    data,
                    prefix=f"e{entrant.pk}",
                    initial={
                        "rank": entrant.rank,
                        "score": entrant.score,
                        "prize": entrant.prize,
                        "is_absent": entrant.is_absent,
                    },
                ),
            )
            for entrant in entrants
        ]
        for entrant, form in self.lines:
            form.name_boxes(entrant.person.name)

    def is_valid(self) -> bool:
        return all([form.is_valid() for _, form in self.lines])

    @property
    def results(self) -> dict[int, Result]:
        return {entrant.pk: form.result() for entrant, form in self.lines}


class SessionForm(forms.Form):
    """Training for a competition (竞赛集训)."""

    title = forms.CharField(label="名称", max_length=120, initial="赛前集训")
    base = forms.ModelChoiceField(
        label="集训基地", queryset=Organisation.objects.none(), widget=widgets.SearchSelect()
    )
    trainer = forms.CharField(label="教练", max_length=60)
    starts_on = day_field("开始日")
    ends_on = day_field("结束日")
    hours = forms.IntegerField(label="学时", min_value=1, max_value=500)
    place = forms.CharField(label="地点", max_length=120, required=False)
    entrants = forms.ModelMultipleChoiceField(
        label="学员", queryset=Entrant.objects.none(), widget=widgets.CheckboxList()
    )

    def __init__(self, *args: Any, competition: Competition, **rest: Any) -> None:
        super().__init__(*args, **rest)
        rows = competition.entrants.filter(withdrawn_at__isnull=True).select_related("person")
        self.fields["base"].queryset = bases()  # type: ignore[attr-defined]
        people: Any = self.fields["entrants"]
        people.queryset = rows
        people.label_from_instance = lambda entrant: entrant.person.name
        halves(self, "starts_on", "ends_on")

    def facts(self) -> SessionFacts:
        given = self.cleaned_data
        plain = ("title", "trainer", "starts_on", "ends_on", "hours", "place")
        return SessionFacts(
            base_id=given["base"].pk,
            entrant_ids=tuple(row.pk for row in given["entrants"]),
            **{name: given[name] for name in plain},
        )


class AttendanceForm(forms.Form):
    """Who came to a session (到训)."""

    present = forms.TypedMultipleChoiceField(
        label="到训学员", coerce=int, required=False, widget=widgets.CheckboxList(), choices=()
    )

    def __init__(self, *args: Any, places: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["present"].choices = [  # type: ignore[attr-defined]
            (place.entrant_id, place.entrant.person.name) for place in places
        ]


class ObjectionForm(forms.Form):
    """Against whom, and why (异议)."""

    about = forms.CharField(
        label="对象", max_length=120, help_text="对谁的成绩，或名单里的哪一项有异议。"
    )
    text = long_text("异议和理由", most=2000)


class AnswerForm(forms.Form):
    """What was found (答复异议)."""

    upheld = forms.TypedChoiceField(
        label="结论",
        choices=[("0", "异议不成立"), ("1", "异议成立，将更正")],
        coerce=lambda text: text == "1",
        widget=widgets.RadioList(),
    )
    answer = long_text("核查经过和结论", most=1000)
