"""The book of one jurisdiction (地区规则册): its document, bodies, tasks, targets and parameters.

Read from `document.toml`, `bodies.toml`, `tasks.toml` and `targets.toml` beside the parameters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from .errors import RulebookFault, UnknownRule
from .provisions import FORCES, UNSET, Provision
from .reading import RULEBOOKS, folders, provisions_in, toml

ROLES = ("lead", "joint", "cooperate", "share", "responsible")
RESPONSIBILITIES = ("tail", "inline", "none")
LEVELS = ("nation", "province", "city", "county")
GOAL = "goal"
_SHARE = "比例"
_METRIC = re.compile(r"[a-z_]+\.[a-z_]+$")


@dataclass(frozen=True, slots=True)
class BookCitation:
    """A document that the policy cites (引用文件)."""

    title: str
    number: str | None


@dataclass(frozen=True, slots=True)
class BookDocument:
    """The policy that the book restates (政策文件)."""

    title: str
    plan_title: str | None
    number: str
    number_printed: str
    issuers: tuple[str, ...]
    issued_on: date | None
    issued_on_candidates: tuple[date, ...]
    level: str
    kind: str
    citations: tuple[BookCitation, ...]


@dataclass(frozen=True, slots=True)
class BookBody:
    """A body named by the policy (责任单位)."""

    name: str
    function: str
    aliases: tuple[str, ...]
    is_generic: bool


@dataclass(frozen=True, slots=True)
class Assignment:
    """A body with the part it plays in a task: one of `ROLES` (责任方式)."""

    body: str
    role: str


@dataclass(frozen=True, slots=True)
class BookTask:
    """One leaf clause as a task to be carried out (任务)."""

    order: int
    path: str
    title: str
    responsibility: str
    assignments: tuple[Assignment, ...]
    named: tuple[str, ...]
    open_ended: bool
    force: str
    due_on: date | None
    systems: tuple[str, ...]
    numbers: tuple[str, ...]
    figures: tuple[str, ...]

    @property
    def lead(self) -> tuple[str, ...]:
        """The bodies that the policy itself calls leading; the first-listed is not one."""
        return tuple(each.body for each in self.assignments if each.role == "lead")


@dataclass(frozen=True, slots=True)
class BookTarget:
    """A number that the policy sets (量化指标); shares are given in per cent.

    ``metric`` measures how far it is met; ``figures`` tell what was done by it and judge nothing.
    """

    number: str
    task: str
    title: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    comparator: str
    force: str
    kind: str
    deadline: date | None
    same_as: str | None
    metric: str | None
    figures: tuple[str, ...]
    note: str

    @property
    def is_counted(self) -> bool:
        """Whether it is an object of its own, not another target said again."""
        return self.same_as is None


@dataclass(frozen=True, slots=True)
class BookGoal:
    """A goal with a deadline or a batch (一批), and no number (无数量的目标)."""

    number: str | None
    task: str
    title: str
    deadline: date | None
    metric: str | None
    is_batch: bool


@dataclass(frozen=True, slots=True)
class JurisdictionBook:
    """Everything that the rulebook holds of one jurisdiction's policy (地区规则册)."""

    code: str
    name: str
    document: BookDocument
    bodies: tuple[BookBody, ...]
    tasks: tuple[BookTask, ...]
    targets: tuple[BookTarget, ...]
    goals: tuple[BookGoal, ...]
    parameters: tuple[Provision, ...]

    @property
    def open_parameters(self) -> tuple[Provision, ...]:
        """What the policy demands without giving a value (未设定)."""
        return tuple(each for each in self.parameters if each.value == UNSET)


def jurisdictions_with_books(*, folder: Path = RULEBOOKS) -> dict[str, str]:
    """The jurisdictions whose policy is there as a book: name by code."""
    found = folders(folder=folder).items()
    return {code: name for code, (name, path) in found if (path / "tasks.toml").is_file()}


def load_jurisdiction(*, code: str, folder: Path = RULEBOOKS) -> JurisdictionBook:
    """Read and check the book of one jurisdiction."""
    known = jurisdictions_with_books(folder=folder)
    if code not in known:
        listed = "、".join(f"{name}（{each}）" for each, name in known.items())
        raise UnknownRule(f"规则库中没有地区“{code}”的任务骨架；可用的地区：{listed}。")
    name, path = folders(folder=folder)[code]
    parameters = tuple(provisions_in(folder=path, jurisdiction=code))
    bound = toml(path / "targets.toml")
    book = JurisdictionBook(
        code=code,
        name=name,
        document=_document(toml(path / "document.toml")),
        bodies=tuple(_body(each) for each in toml(path / "bodies.toml")["body"]),
        tasks=tuple(_task(*each) for each in enumerate(toml(path / "tasks.toml")["task"], 1)),
        targets=tuple(_target(each, parameters, code) for each in bound.get("target", ())),
        goals=(*_dated_goals(parameters, path, bound), *_batch_goals(bound.get("batch_goal", ()))),
        parameters=parameters,
    )
    _check(book)
    return book


def _document(entry: dict[str, Any]) -> BookDocument:
    return BookDocument(
        title=entry["title"],
        plan_title=entry.get("plan_title"),
        number=entry["number"],
        number_printed=entry.get("number_printed", entry["number"]),
        issuers=tuple(entry["issuers"]),
        issued_on=entry.get("issued_on"),
        issued_on_candidates=tuple(entry.get("issued_on_candidates", ())),
        level=entry["level"],
        kind=entry["kind"],
        citations=tuple(
            BookCitation(each["title"], each.get("number")) for each in entry.get("citation", ())
        ),
    )


def _body(entry: dict[str, Any]) -> BookBody:
    return BookBody(
        name=entry["name"],
        function=entry["function"],
        aliases=tuple(entry.get("aliases", ())),
        is_generic=entry.get("generic", False),
    )


def _task(order: int, entry: dict[str, Any]) -> BookTask:
    return BookTask(
        order=order,
        path=entry["path"],
        title=entry["title"],
        responsibility=entry["responsibility"],
        assignments=tuple(Assignment(body, role) for role in ROLES for body in entry.get(role, ())),
        named=tuple(entry.get("named", ())),
        open_ended=entry.get("open_ended", False),
        force=entry["force"],
        due_on=entry.get("due_on"),
        systems=tuple(entry.get("systems", ())),
        numbers=tuple(entry.get("numbers", ())),
        figures=tuple(entry.get("figures", ())),
    )


def _target(entry: dict[str, Any], parameters: Iterable[Provision], code: str) -> BookTarget:
    number = entry["number"]
    found = [each for each in parameters if each.number == number]
    if len(found) != 1:
        raise RulebookFault(f"{code} 的指标 {number} 在参数文件中应当恰好有一条。")
    provision = found[0]
    is_share = provision.unit == _SHARE
    value = provision.value if isinstance(provision.value, Fraction) else None
    return BookTarget(
        number=number,
        task=entry["task"],
        title=provision.title,
        value=_decimal(value, is_share=is_share),
        low=_decimal(provision.low, is_share=is_share),
        high=_decimal(provision.high, is_share=is_share),
        unit=_unit("%" if is_share else provision.unit, each=entry.get("each", "")),
        comparator=provision.comparator,
        force=provision.force,
        kind=provision.kind,
        deadline=provision.deadline,
        same_as=provision.same_as,
        metric=entry.get("metric"),
        figures=tuple(entry.get("figures", ())),
        note=provision.note,
    )


def _unit(unit: str, *, each: str) -> str:
    """The unit, said of each thing that must meet the number: 50 %/专业 (逐个达到)."""
    return f"{unit}/{each}" if each else unit


def _decimal(value: Fraction | None, *, is_share: bool) -> Decimal | None:
    if value is None:
        return None
    scaled = value * 100 if is_share else value
    return Decimal(scaled.numerator) / Decimal(scaled.denominator)


def _dated_goals(
    parameters: Iterable[Provision], path: Path, bound: dict[str, Any]
) -> Iterator[BookGoal]:
    """Goals with a day and no number, each with the metric whose count is shown beside it."""
    tasks = {
        number: each["path"]
        for each in toml(path / "tasks.toml")["task"]
        for number in each.get("numbers", ())
    }
    metrics = {each["number"]: each["metric"] for each in bound.get("dated_goal", ())}
    for each in parameters:
        if each.kind == GOAL and each.number is not None:
            task, metric = tasks.get(each.number, ""), metrics.pop(each.number, None)
            yield BookGoal(each.number, task, each.title, each.deadline, metric, is_batch=False)
    if metrics:
        raise RulebookFault(f"{path.name} 的 dated_goal 不是有期限的目标：{'、'.join(metrics)}。")


def _batch_goals(entries: Iterable[dict[str, Any]]) -> Iterator[BookGoal]:
    for each in entries:
        yield BookGoal(
            None, each["task"], each["title"], each.get("deadline"), each.get("metric"), True
        )


def _check(book: JurisdictionBook) -> None:
    """Refuse a book that contradicts itself; every fault is named."""
    faults = [*_faults_of_tasks(book), *_faults_of_bindings(book)]
    if book.document.level not in LEVELS:
        faults.append(f"文件层级“{book.document.level}”不认识")
    if book.document.issued_on is None and not book.document.issued_on_candidates:
        faults.append("文件没有成文日期，也没有可能的日期")
    if faults:
        raise RulebookFault(f"{book.name}的规则册有误：{'；'.join(faults)}。")


def _faults_of_tasks(book: JurisdictionBook) -> Iterator[str]:
    names = {each.name for each in book.bodies}
    paths = [each.path for each in book.tasks]
    yield from (f"条款 {path} 出现两次" for path in dict.fromkeys(paths) if paths.count(path) > 1)
    for task in book.tasks:
        if task.force not in FORCES or task.responsibility not in RESPONSIBILITIES:
            yield f"条款 {task.path} 的力度或责任写法不认识"
        if (task.responsibility == "tail") != bool(task.assignments):
            yield f"条款 {task.path} 的责任写法与责任单位不符"
        for name in (*(each.body for each in task.assignments), *task.named):
            if name not in names:
                yield f"条款 {task.path} 的“{name}”不在责任单位名录中"


def _faults_of_bindings(book: JurisdictionBook) -> Iterator[str]:
    numbers = {task.path: task.numbers for task in book.tasks}
    written = sorted(number for task in book.tasks for number in task.numbers)
    numbered = [(each.number, each.task) for each in book.targets]
    numbered += [(each.number, each.task) for each in book.goals if each.number is not None]
    if sorted(number for number, _ in numbered) != written:
        yield "任务所列编号与指标、目标的编号不一致"
    for number, path in numbered:
        if number not in numbers.get(path, ()):
            yield f"指标 {number} 不在条款 {path} 中"
    for goal in book.goals:
        if goal.task not in numbers:
            yield f"目标“{goal.title}”所在条款 {goal.task} 不存在"
    metrics = [*(each.metric for each in book.targets), *(each.metric for each in book.goals)]
    metrics += [code for target in book.targets for code in target.figures]
    metrics += [code for task in book.tasks for code in task.figures]
    for metric in metrics:
        if metric is not None and not _METRIC.match(metric):
            yield f"指标代码“{metric}”写法不对"
