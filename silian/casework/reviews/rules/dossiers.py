"""Who may start an application, how full it is, what changed between two versions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from silian.casework.reviews.choices.schemes import SourceKind, SubjectKind
from silian.casework.reviews.rules.definition import Criterion, Definition, FormField
from silian.casework.reviews.rules.form import missing_evidence, visible_fields
from silian.foundation.kernel.typed_values import is_empty

GENERAL = ""  # an item of a fix that concerns the whole file
NO_GROUP = "申报内容"


def reason_not_startable(
    *,
    allowed_kinds: Sequence[str],
    kind: str,
    is_verified: bool,
    is_inside: bool,
    is_organiser: bool,
    region: str,
) -> str | None:
    """Why an organisation may not apply in a batch, or None (申报资格).

    Basis: EN-02: the applicant belongs to the region of the batch.
    """
    if not is_verified:
        return "贵单位还没有通过核验，不能申报。请先完成单位核验。"
    if allowed_kinds and kind not in allowed_kinds:
        return "贵单位的类别不在本批次申报范围内。请查看申报通知中的“申报对象”。"
    if not is_inside:
        return f"本批次只受理{region}的单位申报。请留意贵单位所在地区的申报通知。"
    if is_organiser:
        return "贵单位是本批次的组织单位，应当回避，不能申报。"
    return None


def reason_wrong_subject(*, subject: SubjectKind, has_person: bool, name: str) -> str | None:
    """Whom or what the application is for must be named (认定对象)."""
    if subject == SubjectKind.PERSON and not has_person:
        return "请选择申报的人员；人员须在贵单位名册内。"
    if not name.strip():
        return "请填写申报的项目或事项名称。"
    return None


@dataclass(frozen=True, kw_only=True)
class Completeness:
    """How much of what is asked has been answered (完整度)."""

    asked: int
    answered: int
    missing: tuple[FormField, ...]
    without_files: tuple[FormField, ...]

    @property
    def is_whole(self) -> bool:
        return not self.missing and not self.without_files


def completeness(
    definition: Definition, answers: Mapping[str, Any], *, filed: frozenset[str]
) -> Completeness:
    """Required questions and files that these answers lead to, and those still open."""
    fields = visible_fields(definition, answers)
    required = [field for field in fields if field.required]
    missing = [field for field in required if is_empty(answers.get(field.code))]
    without = missing_evidence(definition, answers, filed=filed)
    wanted = [field for field in fields if field.evidence and (field in without)]
    proved = [field for field in fields if field.code in filed and field.evidence]
    asked = len(required) + len(wanted) + len(proved)
    return Completeness(
        asked=asked,
        answered=asked - len(missing) - len(without),
        missing=tuple(missing),
        without_files=tuple(without),
    )


@dataclass(frozen=True, kw_only=True)
class Section:
    """The questions under one heading (填报分节)."""

    place: int
    title: str
    fields: tuple[FormField, ...]


def sections(definition: Definition) -> list[Section]:
    """The form by its headings, in the order of the definition."""
    groups: dict[str, list[FormField]] = {}
    for row in definition.form:
        groups.setdefault(row.group or NO_GROUP, []).append(row)
    return [
        Section(place=place, title=title, fields=tuple(fields))
        for place, (title, fields) in enumerate(groups.items(), start=1)
    ]


def fixable_codes(definition: Definition, items: Sequence[Mapping[str, str]]) -> frozenset[str]:
    """The fields that may be changed while a fix is open: those named and what hangs on them.

    A general item opens the whole form.
    """
    named = {item.get("field", GENERAL) for item in items}
    if GENERAL in named:
        return frozenset(definition.fields_by_code)
    grown = True
    while grown:
        more = {
            field.code
            for field in definition.form
            if field.show_if and field.show_if.code in named and field.code not in named
        }
        grown = bool(more)
        named |= more
    return frozenset(named)


@dataclass(frozen=True, kw_only=True)
class Change:
    """One answer or file list that differs between two versions (改动)."""

    field: FormField
    old: Any
    new: Any
    files_gone: tuple[str, ...] = ()
    files_new: tuple[str, ...] = ()


def changes_between(
    definition: Definition,
    *,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    old_files: Sequence[Mapping[str, Any]] = (),
    new_files: Sequence[Mapping[str, Any]] = (),
) -> list[Change]:
    """What the second version says otherwise, in the order of the form (版本差异)."""
    changes = []
    for row in definition.form:
        before, after = names_for(old_files, row.code), names_for(new_files, row.code)
        gone = tuple(name for digest, name in before.items() if digest not in after)
        come = tuple(name for digest, name in after.items() if digest not in before)
        if old.get(row.code) != new.get(row.code) or gone or come:
            changes.append(
                Change(
                    field=row,
                    old=old.get(row.code),
                    new=new.get(row.code),
                    files_gone=gone,
                    files_new=come,
                )
            )
    return changes


def names_for(files: Sequence[Mapping[str, Any]], code: str) -> dict[str, str]:
    return {row["sha256"]: row["name"] for row in files if row["field"] == code}


def official_items(definition: Definition) -> list[Criterion]:
    """The items that the organising department looks up itself (部门核查事项)."""
    return [
        item
        for item in definition.criteria_by_code.values()
        if item.source is not None and item.source.kind == SourceKind.OFFICIAL
    ]


def digest_of(answers: Mapping[str, Any], files: Sequence[Mapping[str, Any]]) -> str:
    """The sha256 of a version: answers and the digests of its files, keys in order (校验值)."""
    said = {"answers": answers, "files": list(files)}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
