"""What the page of a dossier shows: where it stands, what it says, what was said of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from silian.casework.reviews.choices.dossiers import DossierState
from silian.casework.reviews.choices.schemes import CriterionKind
from silian.casework.reviews.models import Dossier, DossierVersion, Opinion, Passage
from silian.casework.reviews.permissions.campaigns import may_check_dossiers
from silian.casework.reviews.queries.dossiers import fix_of
from silian.casework.reviews.rules.criteria import Result
from silian.casework.reviews.rules.definition import FormField
from silian.casework.reviews.rules.dossiers import Change, Section, changes_between, sections
from silian.casework.reviews.rules.form import visible_fields
from silian.casework.reviews.rules.progress import stages_of
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import action_label
from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.models import StoredFile
from silian.foundation.kernel.typed_values import shown
from silian.foundation.ui.components import Entry, Tone

TURNS = {
    DossierState.DRAFT: "申报单位填报",
    DossierState.SUBMITTED: "组织单位形式审查",
    DossierState.FIXING: "申报单位补正",
    DossierState.OPINIONS: "有关部门提出意见",
    DossierState.EXPERTS: "专家独立评审",
    DossierState.MODERATION: "组织单位复核分差",
    DossierState.VISIT: "核查人员到现场",
    DossierState.RANKED: "审定会集体审定",
    DossierState.NOTICED: "社会公示，受理异议",
    DossierState.OBJECTED: "组织单位核查异议",
}
STAGE_LABELS = {
    DossierState.SUBMITTED: "形式审查",
    DossierState.OPINIONS: "部门意见",
    DossierState.EXPERTS: "专家评审",
    DossierState.VISIT: "实地核查",
    DossierState.RANKED: "集体审定",
    DossierState.NOTICED: "公示",
    DossierState.RECOGNISED: "认定",
}
SAME_STAGE = {
    DossierState.FIXING: DossierState.SUBMITTED,
    DossierState.MODERATION: DossierState.EXPERTS,
    DossierState.OBJECTED: DossierState.NOTICED,
}
MOST_HISTORY = 60


@dataclass(frozen=True, kw_only=True)
class StageLine:
    """One stage of the way, as ``{% steps %}`` draws it (环节)."""

    label: str
    note: str
    state: str


def stage_lines(dossier: Dossier) -> list[StageLine]:
    """The way of a dossier: what is behind it, where it stands, what is ahead."""
    way = [
        DossierState.DRAFT,
        *stages_of(dossier.campaign.values),
        DossierState.NOTICED,
        DossierState.RECOGNISED,
    ]
    state = DossierState(dossier.state)
    stopped = state in (DossierState.REJECTED, DossierState.WITHDRAWN)
    at = DossierState(dossier.ended_stage) if stopped and dossier.ended_stage else state
    here = SAME_STAGE.get(at, at)
    place = way.index(here) if here in way else 0
    return [stage_line(dossier, stage, n, place, stopped=stopped) for n, stage in enumerate(way)]


def stage_line(
    dossier: Dossier, stage: DossierState, n: int, place: int, *, stopped: bool
) -> StageLine:
    label = STAGE_LABELS.get(stage, "填报")
    is_done = n < place or dossier.state == DossierState.RECOGNISED
    if is_done:
        return StageLine(label=label, note="", state="done")
    if n > place:
        return StageLine(label=label, note="", state="waiting")
    note = dossier.get_state_display()
    return StageLine(label=label, note=note, state="refused" if stopped else "current")


def whose_turn(dossier: Dossier) -> str:
    """Who acts now (当前办理)."""
    return TURNS.get(DossierState(dossier.state), "")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One question with its answer and files, for a reader."""

    field: FormField
    text: str
    files: Sequence[StoredFile]
    is_public: bool


@dataclass(frozen=True, kw_only=True)
class AnsweredSection:
    section: Section
    answers: Sequence[Answer]


def answered_sections(dossier: Dossier) -> list[AnsweredSection]:
    """The questions that the answers lead to, under their headings, with their files."""
    content = dossier.campaign.content
    asked = {field.code for field in visible_fields(content, dossier.answers)}
    files = files_by_field(dossier)
    return [
        AnsweredSection(
            section=section,
            answers=[
                answer_of(field, dossier.answers, files)
                for field in section.fields
                if field.code in asked
            ],
        )
        for section in sections(content)
    ]


def answer_of(
    field: FormField, answers: Mapping[str, Any], files: Mapping[str, Sequence[StoredFile]]
) -> Answer:
    value = answers.get(field.code)
    text = "未填写" if value is None else shown(field, value)
    return Answer(field=field, text=text, files=files.get(field.code, ()), is_public=field.public)


def files_by_field(dossier: Dossier) -> dict[str, list[StoredFile]]:
    """The present files of each question; one query."""
    found: dict[str, list[StoredFile]] = defaultdict(list)
    for row in dossier.evidence.select_related("file").order_by("pk"):
        found[row.field].append(row.file)
    return found


@dataclass(frozen=True, kw_only=True)
class ShownChange:
    """A change between two versions, in words."""

    label: str
    old: str
    new: str
    files_gone: Sequence[str]
    files_new: Sequence[str]


def changes_of_version(dossier: Dossier, version: DossierVersion) -> list[ShownChange]:
    """What a version says otherwise than the one before it (与上一版的差异)."""
    before = dossier.versions.filter(number=version.number - 1).first()
    if before is None:
        return []
    changes = changes_between(
        dossier.campaign.content,
        old=before.answers,
        new=version.answers,
        old_files=before.files,
        new_files=version.files,
    )
    return [shown_change(change) for change in changes]


def shown_change(change: Change) -> ShownChange:
    return ShownChange(
        label=change.field.label,
        old="未填写" if change.old is None else shown(change.field, change.old),
        new="未填写" if change.new is None else shown(change.field, change.new),
        files_gone=change.files_gone,
        files_new=change.files_new,
    )


@dataclass(frozen=True, kw_only=True)
class FixItem:
    """One thing to put right, with the question that it concerns."""

    label: str
    text: str
    field: str


def fix_items_of(dossier: Dossier) -> list[FixItem]:
    """What the applicant was asked to put right, in words (补正事项)."""
    fix = fix_of(dossier)
    fields = dossier.campaign.content.fields_by_code
    return [
        FixItem(
            label=fields[item["field"]].label if item.get("field") in fields else "整份材料",
            text=item.get("text", ""),
            field=item.get("field", ""),
        )
        for item in (fix.items if fix else [])
    ]


@dataclass(frozen=True, kw_only=True)
class ShownResult:
    """One node of the criteria tree for a reader."""

    depth: int
    result: Result
    tone: Tone
    word: str


def shown_results(trees: Sequence[Result]) -> list[ShownResult]:
    """Both trees, node by node, with a word for how each came out (指标结果)."""
    return [row for tree in trees for row in shown_nodes(tree)]


def shown_nodes(node: Result, *, depth: int = 0, is_choice: bool = False) -> list[ShownResult]:
    """A node and all below it; one of several choices that is not met is no fault."""
    spared = is_choice and node.met is False
    own = ShownResult(
        depth=depth,
        result=node,
        tone="unset" if spared else tone_of(node),
        word="不具备" if spared else word_of(node),
    )
    choice = node.criterion.kind == CriterionKind.ANY_OF
    below = [
        row
        for child in node.children
        for row in shown_nodes(child, depth=depth + 1, is_choice=choice)
    ]
    return [own, *below]


def is_open_sum(node: Result) -> bool:
    """A sum of points is neither met nor missing unless something vetoes it."""
    return node.criterion.kind == CriterionKind.SUM and not node.is_vetoed


def has_points(node: Result) -> bool:
    """Whether points were given; conditions and vetoes carry none."""
    return node.points is not None and node.most > 0


def tone_of(node: Result) -> Tone:
    if node.met is None or is_open_sum(node):
        return "info" if has_points(node) else "unset"
    if node.met:
        return "ok"
    return "late" if node.blocks else "watch"


def word_of(node: Result) -> str:
    if node.met is None or is_open_sum(node):
        return "已评分" if has_points(node) else "待评定"
    if node.met:
        return "满足"
    return "不满足" if node.blocks else "提示"


def opinions_for_page(dossier: Dossier) -> list[Opinion]:
    """The departments' opinions in the order in which they were asked."""
    rows = dossier.opinions.select_related("organisation", "answered_by")
    return list(rows.order_by("asked_at", "pk"))


def level_labels(dossier: Dossier) -> dict[str, str]:
    return {row.code: row.label for row in dossier.campaign.content.procedure.levels}


def course(dossier: Dossier, actor: Actor) -> list[Entry]:
    """What happened: acts with names for the organising department, stages only for others.

    Names of those who judge are not told to the applicant.
    """
    if may_check_dossiers(actor, dossier.campaign):
        return [
            Entry(
                at=act.happened_at,
                what=action_label(act.action),
                who=act.actor_name,
                note=act.reason,
            )
            for act in history_of(dossier)[:MOST_HISTORY]
        ]
    return [passage_entry(row) for row in dossier.passages.order_by("-pk")]


def passage_entry(row: Passage) -> Entry:
    label = DossierState(row.state).label
    return Entry(at=row.left_at, what=f"办结“{label}”", note=f"{row.entered_at:%Y-%m-%d} 进入")
