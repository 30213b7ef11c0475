"""The criteria tree of a scheme, judged from what was read (指标评定)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from silian.casework.reviews.choices.schemes import CriterionKind, FunctionKind
from silian.casework.reviews.registry import UNKNOWN, Reading
from silian.casework.reviews.rules.definition import Criterion, Definition, Values
from silian.casework.reviews.rules.scoring import ZERO, Method, Score, rounded, scored
from silian.casework.reviews.rules.sentences import (
    sentence_of_group,
    sentence_of_item,
    warning_of,
)

JUDGING = frozenset({FunctionKind.CONDITION, FunctionKind.VETO})


@dataclass(frozen=True, kw_only=True)
class Result:
    """How one node of the tree came out (指标结果).

    ``met`` is None when not everything is known. ``blocks``: not met, and the rule is firm.
    """

    criterion: Criterion
    met: bool | None
    points: Decimal | None
    most: Decimal
    sentence: str
    warnings: tuple[str, ...] = ()
    reading: Reading = UNKNOWN
    value: Decimal | None = None
    children: tuple[Result, ...] = ()
    is_vetoed: bool = False

    @property
    def code(self) -> str:
        return self.criterion.code

    @property
    def label(self) -> str:
        return self.criterion.label

    @property
    def is_item(self) -> bool:
        return self.criterion.kind == CriterionKind.ITEM

    @property
    def blocks(self) -> bool:
        return self.met is False and not self.criterion.only_warns

    def items(self) -> Iterator[Result]:
        """Every item below, in the order of the tree."""
        if self.is_item:
            yield self
        for child in self.children:
            yield from child.items()

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Result]]:
        """Every node with its depth, for a page."""
        yield depth, self
        for child in self.children:
            yield from child.walk(depth + 1)


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """Both trees of a dossier (评定结果): the conditions and the points."""

    gateway: Result | None = None
    scored: Result | None = None
    pass_points: Decimal | None = None

    @property
    def trees(self) -> list[Result]:
        return [tree for tree in (self.gateway, self.scored) if tree is not None]

    @property
    def results(self) -> list[Result]:
        """Every item of both trees."""
        return [item for tree in self.trees for item in tree.items()]

    @property
    def by_code(self) -> dict[str, Result]:
        return {result.code: result for result in self.results}

    @property
    def points(self) -> Decimal | None:
        """The total; None when nothing is scored yet."""
        return self.scored.points if self.scored else None

    @property
    def most(self) -> Decimal:
        return self.scored.most if self.scored else ZERO

    @property
    def is_vetoed(self) -> bool:
        return any(tree.is_vetoed for tree in self.trees)

    @property
    def met(self) -> bool | None:
        """Whether the conditions hold; a warning does not stop, an unknown leaves it open."""
        if self.is_vetoed or any(tree.blocks for tree in self.trees):
            return False
        if any(tree.met is None for tree in self.trees if not tree.criterion.only_warns):
            return None
        return True

    @property
    def reaches_pass(self) -> bool | None:
        """Whether the total reaches the pass line; None when either is not known (未设定)."""
        if self.pass_points is None or self.points is None:
            return None
        return self.points >= self.pass_points

    @property
    def warnings(self) -> list[str]:
        return [
            warning for tree in self.trees for _, node in tree.walk() for warning in node.warnings
        ]

    @property
    def unknown(self) -> list[Result]:
        """Items about which nothing has been read yet (尚无取值的指标)."""
        return [item for item in self.results if not item.reading.is_known]

    @property
    def sentence(self) -> str:
        return "；".join(tree.sentence for tree in self.trees)


@dataclass(frozen=True, kw_only=True)
class Judge:
    """Judges nodes with the numbers of one batch and what was read for each item."""

    values: Values
    readings: Mapping[str, Reading] = field(default_factory=dict)

    def result(self, node: Criterion) -> Result:
        if node.kind == CriterionKind.ITEM:
            return self.item(node)
        children = tuple(self.result(child) for child in node.children)
        return GROUPS[node.kind](self, node, children)

    def item(self, node: Criterion) -> Result:
        reading = self.readings.get(node.code, UNKNOWN)
        method = self.method(node)
        score = scored(method, reading)
        warning = warning_of(node, method=method, score=score)
        return Result(
            criterion=node,
            met=score.met if node.scoring.kind in JUDGING else None,
            points=score.points,
            most=ZERO if node.scoring.kind == FunctionKind.VETO else method.points,
            sentence=sentence_of_item(node, method=method, score=score, reading=reading),
            warnings=(warning,) if warning else (),
            reading=reading,
            value=score.value,
            is_vetoed=is_veto(node, score),
        )

    def method(self, node: Criterion) -> Method:
        """The scoring of an item with its numbers resolved."""
        number, scoring = self.values.number, node.scoring
        return Method(
            kind=scoring.kind,
            points=number(node.points) or ZERO,
            settings={name: number(said) for name, said in scoring.settings.items()},
            steps=tuple(
                (number(line) if line else None, number(points) or ZERO)
                for line, points in scoring.steps
            ),
            weights={level: number(said) or ZERO for level, said in scoring.weights.items()},
        )

    def all_of(self, node: Criterion, children: tuple[Result, ...]) -> Result:
        """Met when no firm child fails; a child that only warns never blocks (全部满足)."""
        firm = [child for child in children if not child.criterion.only_warns]
        if any(child.met is False for child in firm):
            met: bool | None = False
        else:
            met = None if any(child.met is None for child in firm) else True
        return self.group(node, children, met=met, points=total(children))

    def any_of(self, node: Criterion, children: tuple[Result, ...]) -> Result:
        """Met when so many children are; a failed child that only warns leaves it open.

        Without a number it is open and nothing is blocked (未设定).
        """
        least = self.values.number(node.least)
        sure = sum(child.met is True for child in children)
        open_ones = sum(child.met is None or is_soft(child) for child in children)
        if least is None:
            met = None
        elif sure >= least:
            met = True
        else:
            met = None if sure + open_ones >= least else False
        return self.group(node, children, met=met, points=total(children))

    def sum_of(self, node: Criterion, children: tuple[Result, ...]) -> Result:
        """The points of the children, up to the group's own; only a veto blocks (分值相加)."""
        points = total(children)
        most = self.values.number(node.points) or ZERO
        if points is not None and most > ZERO:
            points = min(points, most)
        met = not any(child.is_vetoed for child in children)
        return self.group(node, children, met=met, points=points)

    def group(
        self,
        node: Criterion,
        children: tuple[Result, ...],
        *,
        met: bool | None,
        points: Decimal | None,
    ) -> Result:
        own = self.values.number(node.points) or ZERO
        most = own if own > ZERO else sum((child.most for child in children), ZERO)
        least = self.values.number(node.least)
        sentence = sentence_of_group(
            node,
            met=met,
            met_children=sum(child.met is True for child in children),
            open_children=sum(child.met is None for child in children),
            children=len(children),
            least=least,
            points=points,
            most=most,
        )
        soft = node.only_warns and met is False
        return Result(
            criterion=node,
            met=met,
            points=points,
            most=most,
            sentence=sentence,
            warnings=(f"提示：{sentence}",) if soft else (),
            children=children,
            is_vetoed=any(child.is_vetoed for child in children),
        )


GROUPS = {
    CriterionKind.ALL_OF: Judge.all_of,
    CriterionKind.ANY_OF: Judge.any_of,
    CriterionKind.SUM: Judge.sum_of,
}


def is_soft(child: Result) -> bool:
    """A child that fails a rule which only warns: nobody is refused because of it."""
    return child.met is False and child.criterion.only_warns


def is_veto(node: Criterion, score: Score) -> bool:
    return node.scoring.kind == FunctionKind.VETO and score.met is False and not node.only_warns


def total(children: Sequence[Result]) -> Decimal | None:
    known = [child.points for child in children if child.points is not None]
    return rounded(sum(known, ZERO)) if known else None


def evaluate(definition: Definition, values: Values, facts: Mapping[str, Reading]) -> Evaluation:
    """Both trees judged from what was read for each item, by code (评定).

    The same readings and numbers always give the same result.
    """
    judge = Judge(values=values, readings=facts)
    return Evaluation(
        gateway=judge.result(definition.gateway) if definition.gateway else None,
        scored=judge.result(definition.scored) if definition.scored else None,
        pass_points=values.number(definition.procedure.pass_points),
    )
