"""The frozen data of a bulletin: the cockpit as it stood, section by section (简报数据快照)."""

from __future__ import annotations

import datetime
from typing import Any

from silian.composition.reports.choices import Span, Standing
from silian.composition.reports.queries.changes import since_of
from silian.composition.reports.queries.cockpit import Cockpit, LateBody, cockpit_of
from silian.composition.reports.queries.numbers import Number
from silian.composition.reports.queries.standing import ChainGroup, counts_of
from silian.composition.reports.rules.bulletin import (
    change_sentences,
    chinese_day,
    regions_paragraph,
    targets_paragraph,
    tasks_paragraph,
)
from silian.foundation.kernel.actors import Actor
from silian.foundation.reference.models import Division
from silian.governance.policy_tasks.choices import ListKind
from silian.governance.policy_tasks.models.lists import ListItem

MOST_TARGETS, MOST_CHANGES, MOST_BODIES, MOST_PROBLEMS = 12, 6, 8, 5  # what two pages hold
ONE_DAY = datetime.timedelta(days=1)
Row = dict[str, str]


def month_period(on: datetime.date) -> tuple[datetime.date, datetime.date]:
    """The half-open month that holds the day, up to the day itself when it is running."""
    starts = on.replace(day=1)
    return starts, on + ONE_DAY


def bulletin_snapshot(
    *, division: Division, on: datetime.date, actor: Actor, issuer: str
) -> dict[str, Any]:
    """Everything the bulletin says, read once (冻结数据)."""
    since = since_of(Span.MONTH, on=on)
    cockpit = cockpit_of(division=division, on=on, since=since, actor=actor)
    problems = problems_of(division.code)
    return {
        "sections": sections_of(cockpit, problems=problems),
        "bulletin": said_by(cockpit, problems=problems, issuer=issuer),
    }


def problems_of(division: str) -> list[Row]:
    """The problems that wait to be settled, oldest due first (问题清单)."""
    rows = ListItem.objects.unsettled().filter(division_id=division, kind=ListKind.PROBLEM)
    return [
        {
            "number": row.number,
            "title": row.title,
            "lead": row.lead.name,
            "due": str(row.due_on or ""),
            "state": row.get_state_display(),
        }
        for row in rows.select_related("lead").order_by("due_on", "pk")[:50]
    ]


def said_by(cockpit: Cockpit, *, problems: list[Row], issuer: str) -> dict[str, Any]:
    """What the two pages say, in their order."""
    waiting = waiting_rows(cockpit)
    bodies = [body_row(body) for body in cockpit.bodies]
    changes = [{"title": change.title, "detail": change.detail} for change in cockpit.changes]
    return {
        "place": cockpit.division.name,
        "issuer": issuer,
        "on": str(cockpit.on),
        "day": chinese_day(cockpit.on),
        "headline": "".join(words for words, _ in cockpit.sentence),
        "second": cockpit.second_sentence,
        "position": position_paragraphs(cockpit),
        "chains": [chain_row(group) for group in cockpit.chains if group.lines],
        "waiting": waiting[:MOST_TARGETS],
        "waiting_more": max(0, len(waiting) - MOST_TARGETS),
        "changes": change_sentences(changes, most=MOST_CHANGES),
        "bodies": bodies[:MOST_BODIES],
        "bodies_more": max(0, len(bodies) - MOST_BODIES),
        "problems": problems[:MOST_PROBLEMS],
        "problems_more": max(0, len(problems) - MOST_PROBLEMS),
        "numbers": [number_row(number) for number in cockpit.numbers],
        "measured_on": cockpit.measured_on,
    }


def waiting_rows(cockpit: Cockpit) -> list[Row]:
    """The targets that are not on time, the late ones first."""
    found = [line for line in cockpit.lines if not line.is_on_time and line.is_counted]
    return [
        {
            "title": line.title,
            "shown": line.shown,
            "label": line.label,
            "deadline": line.deadline or "未设定",
            "reason": line.reason,
        }
        for line in sorted(found, key=lambda line: ORDER.index(line.standing))
    ]


def body_row(body: LateBody) -> dict[str, Any]:
    return {
        "name": body.name,
        "overdue": body.overdue,
        "due_soon": body.due_soon,
        "longest": body.longest,
    }


def number_row(number: Number) -> Row:
    return {
        "title": number.title,
        "text": f"{number.text} {number.unit}".strip(),
        "note": number.note,
        "source": number.source or "平台尚未测量",
    }


ORDER = [Standing.OVERDUE, Standing.BEHIND, Standing.GAP, Standing.UNSET, Standing.UNMEASURED]


def position_paragraphs(cockpit: Cockpit) -> list[str]:
    repeated = sum(1 for line in cockpit.lines if not line.is_counted)
    position, latest = cockpit.position, cockpit.latest
    counts = [
        ("办结", position.done),
        ("按期推进", cockpit.running),
        ("30 天内到期", position.due_soon),
        ("逾期", position.overdue),
    ]
    found = [
        f"截至{chinese_day(cockpit.on)}，{cockpit.division.name}"
        + targets_paragraph(cockpit.counts, repeated=repeated),
        tasks_paragraph(
            total=position.total,
            counts=counts,
            latest={
                "title": latest.title,
                "lead": latest.lead or "未指定牵头单位",
                "days": latest.days_late,
            }
            if latest
            else None,
        ),
        regions_paragraph(
            [{"name": region.name, "overdue": region.overdue} for region in cockpit.regions]
        ),
    ]
    return [text for text in found if text]


def chain_row(group: ChainGroup) -> dict[str, Any]:
    counts = counts_of(group.lines)
    return {
        "label": group.chain.label,
        "total": sum(counts.values()),
        "counts": [counts[standing] for standing in Standing],
    }


def sections_of(cockpit: Cockpit, *, problems: list[Row]) -> list[dict[str, Any]]:
    """The same facts as entries with keys, so that bulletins can be compared entry by entry."""
    return [
        target_section(cockpit),
        number_section(cockpit),
        late_section(cockpit),
        problem_section(problems),
    ]


def target_section(cockpit: Cockpit) -> dict[str, Any]:
    fields = [("chain", "所属链"), ("shown", "现值/目标值"), ("light", "灯号"), ("due", "期限")]
    entries = [
        entry(
            line.key,
            line.title,
            chain=line.chain.label,
            shown=line.shown,
            light=line.label,
            due=line.deadline,
        )
        for line in cockpit.lines
    ]
    return section("targets", "目标", fields, entries)


def number_section(cockpit: Cockpit) -> dict[str, Any]:
    """The codes of metrics mean nothing to readers: they tie the entries and are not shown."""
    fields = [("text", "数值"), ("note", "说明"), ("source", "来源")]
    entries = []
    for number in cockpit.numbers:
        row = number_row(number)
        entries.append(entry(number.code, row.pop("title"), **row))
    return {**section("numbers", "十个数", fields, entries), "hides_keys": True}


def late_section(cockpit: Cockpit) -> dict[str, Any]:
    fields = [("lead", "牵头单位"), ("due", "期限"), ("days", "已迟（天）")]
    entries = [
        entry(
            task.number,
            task.title,
            lead=task.lead,
            due=str(task.due_on),
            days=str(task.days_late),
        )
        for task in cockpit.position.late
    ]
    return section("late", "逾期任务", fields, entries)


def problem_section(problems: list[Row]) -> dict[str, Any]:
    fields = [("lead", "牵头单位"), ("due", "期限"), ("state", "状态")]
    entries = [
        entry(row["number"], row["title"], lead=row["lead"], due=row["due"], state=row["state"])
        for row in problems
    ]
    return section("problems", "待协调解决的问题", fields, entries)


def section(
    key: str, title: str, fields: list[tuple[str, str]], entries: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "key": key,
        "title": title,
        "fields": [list(pair) for pair in fields],
        "entries": entries,
    }


def entry(key: str, title: str, **values: str) -> dict[str, Any]:
    return {"key": key, "title": title, "values": values}
