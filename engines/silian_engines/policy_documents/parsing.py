"""From source text to a policy document (政策文件解析)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import PurePath

from .actors import actors_in
from .bodies import function_of
from .citations import citations_in
from .clauses import Draft, drafts_of, first_listed_leads, names_printed_in
from .deadlines import TimePhrase, last_year_of
from .document import Clause, Doubt, Findings, NumericTarget, PolicyDocument, TableTask, Tail
from .errors import NotAPolicyDocument
from .force import TARGET
from .goals import numbers_and_goals
from .header import header_of
from .lines import Line, lines_of
from .outline import Node, outline_of
from .roster import roster_of
from .table_clauses import with_rows_as_clauses
from .tables import table_tasks_of
from .traced_text import TracedText, joined

_CHINESE = re.compile(r"[\u4e00-\u9fa5]")
_LEAST_CHARACTERS = 40


def parse_policy(
    *, text: str, file_name: str = "", uncertain: tuple[Doubt, ...] = ()
) -> PolicyDocument:
    """Read a policy document; offsets count characters of `text`."""
    lines = lines_of(text)
    if sum(len(line.text) for line in lines) < _LEAST_CHARACTERS or not _CHINESE.search(text):
        raise NotAPolicyDocument("文件中没有可识别的公文正文，请检查文件是否为政策文件。")
    findings = Findings(doubts=list(uncertain))
    outline = outline_of(lines)
    header = header_of(outline=outline, source=text, findings=findings)
    drafts = drafts_of(outline=outline, source=text, findings=findings)
    clauses = _clauses(drafts, _Reading(_source_of(file_name), header.region, text))
    _leave_out_the_past(clauses, header.date)
    rows = table_tasks_of(lines=lines, source=text, findings=findings, seen=names_printed_in(text))
    clauses = with_rows_as_clauses(
        clauses=clauses, rows=rows, source=text, token=_source_of(file_name)
    )
    own = tuple(title for title in (header.title, header.plan_title) if title)
    cites = citations_in(traced=_whole(lines), own_titles=_own_titles(own, text), findings=findings)
    return PolicyDocument(
        file=PurePath(file_name).name,
        text=text,
        header=header,
        clauses=clauses,
        cites=cites,
        roster=tuple(roster_of(lines=outline.outside, source=text)),
        repairs=tuple(sorted(findings.repairs, key=lambda each: each.start)),
        doubts=tuple(sorted(findings.doubts, key=lambda each: each.start)),
        table_tasks=tuple(_with_clause(row, clauses) for row in rows),
    )


def _with_clause(row: TableTask, clauses: tuple[Clause, ...]) -> TableTask:
    """A row of the table tied to the one clause that it names."""
    named = _letters(row.title)
    found = [each for each in clauses if each.heading and _letters(each.heading) == named]
    found = found or [
        each for each in clauses if len(each.heading) > 3 and _letters(each.heading) in named
    ]
    return replace(row, clause=found[0].id) if len(found) == 1 else row


def _letters(text: str) -> str:
    return re.sub(r"[^\u4e00-\u9fa5A-Za-z\d]", "", text)


def _source_of(file_name: str) -> str:
    """The leading token of a file name, which numbers its clauses."""
    return PurePath(file_name).stem.split("_")[0] or "doc"


def _whole(lines: list[Line]) -> TracedText:
    return joined(line.traced for line in lines)


def _own_titles(titles: tuple[str, ...], text: str) -> tuple[str, ...]:
    """The document's titles, and the plan names that its notice issues."""
    issued = re.findall(r"(?:^|[\n现将、》])\s*《([^》]{4,80})》(?:已经|印发|，?已|《)", text)
    attached = [
        title.split("印发", 1)[1].removesuffix("的通知") for title in titles if "印发" in title
    ]
    return (*titles, *issued, *(each.strip("《》") for each in attached))


_TELLS_THE_PAST = re.compile(
    r"^(?:第?[（(]?[一二三四五六七八九十\d]+[章节部分）)、.．]+)?"
    r"(?:(?:发展|工作|现实|建设|规划|改革)(?:基础|现状|背景|回顾|成效)(?:[和与及、]|$)"
    r"|(?:面临|发展)(?:的)?形势|取得(?:的)?(?:主要)?成[效就绩])"
)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What holds for every clause of one document."""

    source: str
    region: str | None
    text: str


def _clauses(drafts: list[Draft], reading: _Reading) -> tuple[Clause, ...]:
    inherited: dict[int, TimePhrase | None] = {}
    takes_first = first_listed_leads(reading.text)
    kept: list[Clause] = []
    for draft in drafts:
        clause, governing = _clause(draft, _inherited(draft.parents, inherited))
        if draft.is_intro:
            inherited[id(draft.node)] = governing
            if not (clause.tails or clause.numeric_targets or clause.dated_goals):
                continue
        clause.tails = tuple(_placed(tail, reading.region) for tail in clause.tails)
        clause.numeric_targets = _due_with_tail(clause.numeric_targets, clause.tails)
        if takes_first:
            clause.tails = tuple(_first_leading(tail) for tail in clause.tails)
        clause.id = f"{reading.source}-{len(kept) + 1:02d}"
        kept.append(clause)
    return tuple(kept)


def _inherited(
    parents: tuple[Node, ...], governing: dict[int, TimePhrase | None]
) -> TimePhrase | None:
    """The deadline of the nearest introduction above."""
    return next((governing[id(p)] for p in reversed(parents) if governing.get(id(p))), None)


def _clause(draft: Draft, inherited: TimePhrase | None) -> tuple[Clause, TimePhrase | None]:
    body, node = draft.body, draft.node
    skipped = tuple(_compact_span(body.text, tail) for tail in draft.tails)
    plain = body.with_plain_digits()
    targets, goals, governing = numbers_and_goals(
        clause=plain, skipped=skipped, inherited=inherited
    )
    if any(_TELLS_THE_PAST.search(part) for part in draft.path):
        targets, goals, governing = [], [], inherited
    clause = Clause(
        path=draft.path,
        number=node.number or None,
        heading=node.heading,
        text=body.text,
        line_start=body.lines[0].number,
        line_end=body.lines[-1].number,
        start=body.traced.raw(0),
        end=body.traced.raw(len(body.text) - 1) + 1,
        tails=draft.tails,
        actors=actors_in(clause=body, skipped=skipped),
        numeric_targets=tuple(targets),
        dated_goals=tuple(goals),
    )
    return clause, governing


def _compact_span(text: str, tail: Tail) -> tuple[int, int]:
    start = text.rfind(tail.raw)
    return start, start + len(tail.raw)


def _leave_out_the_past(clauses: tuple[Clause, ...], issued_on: str | None) -> None:
    """What was due before the year of the document is told as a fact, not set as a goal."""
    if issued_on is None:
        return
    year = issued_on[:4]
    for clause in clauses:
        clause.numeric_targets = tuple(
            each for each in clause.numeric_targets if (each.deadline or year) >= year
        )
        clause.dated_goals = tuple(
            each for each in clause.dated_goals if (each.deadline or year) >= year
        )


def _due_with_tail(
    targets: tuple[NumericTarget, ...], tails: tuple[Tail, ...]
) -> tuple[NumericTarget, ...]:
    """A number to reach without a time of its own is due when the whole task is (完成时限)."""
    year = next((year for tail in tails if (year := last_year_of(tail.due))), None)
    if year is None:
        return targets
    return tuple(
        replace(each, deadline=year)
        if each.kind == TARGET and each.deadline is None and each.horizon is None
        else each
        for each in targets
    )


def _placed(tail: Tail, region: str | None) -> Tail:
    """The members with the function their names have in this jurisdiction."""
    if region is None:
        return tail
    functions = [function_of(each.name, region) for each in tail.members]
    if functions == [each.function for each in tail.members]:
        return tail
    members = (
        replace(each, function=function)
        for each, function in zip(tail.members, functions, strict=True)
    )
    return replace(tail, members=tuple(members))


def _first_leading(tail: Tail) -> Tail:
    """Where the document says that the first-listed leads, and no other is named."""
    if not tail.members or any(member.leads for member in tail.members):
        return tail
    first, *rest = tail.members
    return replace(tail, members=(replace(first, leads=True), *rest))
