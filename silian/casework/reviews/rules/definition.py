"""A scheme as data: form, criteria, procedure and consequences, read from its JSON (认定方案).

Every number is a text: a decimal such as ``"60"`` or the name of a parameter such as ``"$years"``.
A batch may override parameters; ``Values`` resolves them. An open parameter is None (未设定).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from pydantic import BaseModel, ConfigDict

from silian.casework.reviews.choices.recognitions import DutyKind, RecognitionState
from silian.casework.reviews.choices.schemes import (
    CriterionKind,
    FunctionKind,
    Silence,
    SourceKind,
    SubjectKind,
    VisitRule,
)
from silian.foundation.kernel.typed_values import ValueType

PARAMETER = "$"
UNCERTAIN = frozenset({"K-M", "K-L"})  # such rules warn and never block


class Part(BaseModel):
    """A piece of a definition; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Parameter(Part):
    """A number of the scheme with its source (参数); ``value`` None is 未设定."""

    code: str
    label: str
    value: str | None = None
    unit: str = ""
    force: str = "mandatory"
    basis: str = ""
    certainty: str = ""


class ShowIf(Part):
    """A field is asked only when another one has one of these answers (跳转条件)."""

    code: str
    values: tuple[str, ...]


class FormField(Part):
    """One question of the application form (申报项), a ``TypedField`` of the kernel.

    ``evidence`` asks for files. ``prefill`` names a fact that the platform knows. ``public`` fields
    are shown in the public notice.
    """

    code: str
    label: str
    type: ValueType = ValueType.TEXT
    group: str = ""
    unit: str = ""
    required: bool = True
    choices: tuple[tuple[str, str], ...] = ()
    help: str = ""
    evidence: bool = False
    show_if: ShowIf | None = None
    prefill: str = ""
    public: bool = False


class Scoring(Part):
    """How a value becomes points (评分方法); ``settings`` are numbers or parameter names."""

    kind: FunctionKind = FunctionKind.CONDITION
    settings: dict[str, str] = {}
    steps: tuple[tuple[str, str], ...] = ()
    weights: dict[str, str] = {}


class Source(Part):
    """Where the value comes from (数据来源): an answer, a metric, a register, a person."""

    kind: SourceKind
    code: str = ""


class Criterion(Part):
    """A node of the criteria tree (指标): a group of criteria or one item.

    ``least`` of an ``any_of`` is how many must be met. ``certainty`` K-M or K-L makes it a hint.
    """

    code: str
    label: str
    kind: CriterionKind = CriterionKind.ITEM
    children: tuple[Criterion, ...] = ()
    least: str = "1"
    points: str = "0"
    scoring: Scoring = Scoring()
    source: Source | None = None
    evidence: tuple[str, ...] = ()
    help: str = ""
    basis: str = ""
    force: str = "mandatory"
    certainty: str = ""

    @property
    def only_warns(self) -> bool:
        """Whether a failure is told and does not block (只作提示)."""
        return self.certainty in UNCERTAIN or self.force != "mandatory"

    def items(self) -> Iterator[Criterion]:
        """Every item below, in the order of the tree."""
        if self.kind == CriterionKind.ITEM:
            yield self
        for child in self.children:
            yield from child.items()


class Level(Part):
    """One level that gives its opinions before the next (审核层级)."""

    code: str
    label: str
    departments: tuple[str, ...] = ()
    working_days: str = "10"
    silence: Silence = Silence.NO_OBJECTION
    basis: str = ""


class Procedure(Part):
    """How a dossier goes from submission to decision (评审程序); days are working days.

    ``divergence``: moderation when two experts differ by more points. ``pass_points``: the least
    total. ``ties`` are the criteria compared in order when points are equal; none: the tie stands.
    ``quorum`` and ``majority`` are shares of all members and of those present;
    ``silence_abstains``: whoever came and does not vote abstains, so a meeting may end without.
    """

    intake_days: str = "5"
    fix_days: str = "10"
    levels: tuple[Level, ...] = ()
    experts: str = "0"
    expert_days: str = "10"
    expert_fields: tuple[str, ...] = ()
    expert_load: str = "12"
    conflict_years: str = "3"
    comment_below: str = "0.6"
    comment_above: str = "0.9"
    divergence: str = "15"
    moderation_days: str = "5"
    pass_points: str = "0"
    ties: tuple[str, ...] = ()
    visit: VisitRule = VisitRule.NONE
    visit_days: str = "15"
    visit_share: str = "0.3"
    visit_near: str = "5"
    quorum: str = "0.6667"
    majority: str = "0.5"
    silence_abstains: bool = False
    notice_days: str = "7"
    notice_in_working_days: bool = True
    objection_days: str = "10"
    appeal_days: str = "15"
    appeal_answer_days: str = "20"
    basis: dict[str, str] = {}


class DutyRule(Part):
    """A duty of the recognised (义务): once so many days after a state, or on a day every year."""

    code: str
    label: str
    kind: DutyKind
    in_states: tuple[RecognitionState, ...] = (RecognitionState.CERTIFIED,)
    days_after: str = ""
    month: int = 0
    day: int = 0
    year_offset: int = 0
    is_public: bool = False
    basis: str = ""


class ExitEvent(Part):
    """What ends a recognition at once (取消情形)."""

    code: str
    label: str
    bans: bool = True
    basis: str = ""


class Benefit(Part):
    """What the status opens (挂钩政策), in which states."""

    code: str
    label: str
    in_states: tuple[RecognitionState, ...]
    basis: str = ""


class Consequence(Part):
    """What a positive decision brings (认定结果): status, certificate, duties, exit.

    ``grace_days``: a duty counts as missed so many days after its term. ``reply_days``: working
    days in which a holder is heard before removal. ``removed_shown_months``: how long the public
    list shows who was removed; open means never.
    """

    first_state: RecognitionState = RecognitionState.CERTIFIED
    least_incubation_days: str = "0"
    certificate_prefix: str = "RD"
    validity_months: str = "36"
    duties: tuple[DutyRule, ...] = ()
    grace_days: str = "30"
    misses_to_removal: str = ""
    reply_days: str = "10"
    removed_shown_months: str = ""
    exits: tuple[ExitEvent, ...] = ()
    ban_years: str = ""
    benefits: tuple[Benefit, ...] = ()


class Definition(Part):
    """Everything that a version of a scheme says (方案定义)."""

    purpose: str = ""
    basis: tuple[str, ...] = ()
    subject: SubjectKind = SubjectKind.ORGANISATION
    subject_label: str = ""
    applicant_kinds: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    form: tuple[FormField, ...] = ()
    gateway: Criterion | None = None
    scored: Criterion | None = None
    procedure: Procedure = Procedure()
    consequence: Consequence = Consequence()

    @cached_property
    def fields_by_code(self) -> dict[str, FormField]:
        return {row.code: row for row in self.form}

    @cached_property
    def criteria_by_code(self) -> dict[str, Criterion]:
        trees = [tree for tree in (self.gateway, self.scored) if tree]
        return {item.code: item for tree in trees for item in tree.items()}

    @property
    def compares_with_best(self) -> bool:
        """Whether points of one dossier depend on the others of its batch (与最好值之比)."""
        items = self.criteria_by_code.values()
        return any(item.scoring.kind == FunctionKind.RATIO_TO_BEST for item in items)

    @property
    def sources(self) -> frozenset[str]:
        """The metrics and registers that its criteria read."""
        items = self.criteria_by_code.values()
        return frozenset(item.source.code for item in items if item.source and item.source.code)


def definition_of(data: Mapping[str, Any]) -> Definition:
    """The definition that a version keeps as JSON."""
    return Definition.model_validate(dict(data))


@dataclass(frozen=True, kw_only=True)
class Values:
    """The numbers of one batch: the scheme's parameters with the batch's own in their place.

    ``overrides`` map a parameter to its regional value with reason and basis (地区调整).
    """

    definition: Definition
    overrides: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @cached_property
    def parameters(self) -> dict[str, Parameter]:
        return {row.code: row for row in self.definition.parameters}

    def number(self, said: str) -> Decimal | None:
        """What a text of the definition means as a number; None is 未设定."""
        if not said.startswith(PARAMETER):
            return Decimal(said) if said else None
        name = said.removeprefix(PARAMETER)
        own = self.overrides.get(name, {}).get("value") or self.parameters[name].value
        return Decimal(own) if own else None

    def days(self, said: str) -> int | None:
        """The same as a whole number of days."""
        number = self.number(said)
        return None if number is None else int(number)
