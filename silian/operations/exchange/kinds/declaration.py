"""What a kind of listing declares: its fields, validity, capacity, price, readers and outcome."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from silian.operations.exchange.choices import Side, Visibility


class Chain(Enum):
    """The four chains (教育链、人才链、产业链、创新链): identity of a kind, never a status."""

    EDUCATION = "edu"
    TALENT = "talent"
    INDUSTRY = "industry"
    INNOVATION = "innov"


class PolicyCategory(Enum):
    """The four categories of information that the policies enumerate. Basis: S01."""

    TALENT = "人才供需"
    COOPERATION = "校企合作"
    RESEARCH = "项目研发"
    SERVICE = "技术服务"


class FieldType(Enum):
    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    DATE = "date"


@dataclass(frozen=True, kw_only=True)
class KindField:
    """One field of a kind's own part (专项字段). ``on_card`` fields show in lists.

    ``only_on`` is set when one side only is asked; ``least`` and ``most`` are natural bounds.
    """

    name: str
    label: str
    type: FieldType = FieldType.TEXT
    required: bool = False
    unit: str = ""
    choices: tuple[str, ...] = ()
    help: str = ""
    on_card: bool = False
    least: int = 0
    most: int | None = None
    only_on: Side | None = None

    def is_asked(self, *, side: str) -> bool:
        return self.only_on is None or self.only_on == side


SKILL_NAMES = KindField(
    name="skill_names",
    label="技能标签",
    help="用顿号隔开，例如：数控车削、公差配合。可按下方的识别建议勾选。",
)
"""The skills of the work by name, asked wherever a kind names an occupation (技能标签)."""


@dataclass(frozen=True, kw_only=True)
class Quantity:
    """What the capacity of a kind counts, e.g. 人数 in 人."""

    label: str
    unit: str
    required: bool = True


@dataclass(frozen=True, kw_only=True)
class Price:
    """What the price of a kind is, and the units it may be stated in."""

    label: str
    units: tuple[str, ...]
    required: bool = False


@dataclass(frozen=True, kw_only=True)
class ListingKind:
    """A kind of listing (供需类别).

    ``sides`` are the sides it may stand on; ``publishers`` the organisation kinds that may
    publish it (empty: all), ``answerers`` those that may answer it (empty: all). ``valid_days``
    is the longest time a publication lasts before it must be renewed. ``names_occupation`` and
    ``names_majors`` say which classifications the form asks for. ``meets`` are the other kinds
    that it answers from the opposite side. ``always_reviewed`` sends each
    listing to a person. ``forms`` are the forms that an intent may take; ``outcome`` is what a
    deal becomes.
    """

    code: str
    order: int
    label: str
    group: str
    category: PolicyCategory
    chain: Chain
    icon: str
    sides: frozenset[Side]
    valid_days: int
    outcome: str
    forms: tuple[str, ...]
    answer_label: str
    publishers: frozenset[str] = frozenset()
    answerers: frozenset[str] = frozenset()
    meets: frozenset[str] = frozenset()
    quantity: Quantity | None = None
    price: Price | None = None
    fields: tuple[KindField, ...] = ()
    names_occupation: bool = False
    names_majors: bool = False
    has_period: bool = False
    always_reviewed: bool = False
    visibility: Visibility = Visibility.PUBLIC
    title_help: str = ""
    examples: tuple[str, ...] = field(default=())

    @property
    def card_fields(self) -> tuple[KindField, ...]:
        return tuple(item for item in self.fields if item.on_card)

    @property
    def sides_in_order(self) -> list[Side]:
        return [side for side in Side if side in self.sides]

    def fields_on(self, *, side: str) -> tuple[KindField, ...]:
        """The own fields that are asked on this side."""
        return tuple(item for item in self.fields if item.is_asked(side=side))

    def may_be_published_by(self, *, organisation_kind: str) -> bool:
        return not self.publishers or organisation_kind in self.publishers

    def may_be_answered_by(self, *, organisation_kind: str) -> bool:
        return not self.answerers or organisation_kind in self.answerers
