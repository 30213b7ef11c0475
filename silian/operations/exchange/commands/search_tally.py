"""Make lasting counts of what was searched for, and forget the single questions."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.db import transaction
from silian_engines.matching.occupation_coding import code_titles

from silian.foundation.reference.models import Division, Occupation
from silian.operations.exchange.models.search_log import SearchNote, SearchTally
from silian.operations.exchange.rules.search_tally import (
    NOTE_DAYS,
    Question,
    Tally,
    occupations_asked,
    tallies_of,
    terms_of,
)

SURE_ENOUGH = 0.35  # of one occupation; its group, which is all that is kept, is surer than that
MINOR_GROUP = 3  # 大类, 中类, 小类; where the catalogue has none, what stands above
BATCH = 1_000


def forget_searches(*, today: datetime.date) -> int:
    """Delete the single questions older than ``NOTE_DAYS`` (清除检索记录)."""
    oldest = today - datetime.timedelta(days=NOTE_DAYS)
    return SearchNote.objects.filter(day__lt=oldest).delete()[0]


@transaction.atomic
def tally_searches(*, today: datetime.date) -> list[Question]:
    """Count the searches of the last ``NOTE_DAYS`` afresh and keep the counts (汇总检索).

    Days whose questions are gone keep the counts of their last time.
    """
    since = today - datetime.timedelta(days=NOTE_DAYS)
    questions = questions_since(since)
    asked = occupations_asked(questions)
    tallies = tallies_of(questions)
    occupations = minor_groups({tally.term for tally in tallies if tally.term}, asked=asked)
    SearchTally.objects.filter(day__gte=since).delete()
    SearchTally.objects.bulk_create(rows_of(tallies, occupations=occupations), batch_size=BATCH)
    return questions


def questions_since(since: datetime.date) -> list[Question]:
    """The notes of the window by term; an unknown region counts for the whole site."""
    columns = ("day", "asker", "words", "division_code", "occupation_code", "kind", "side", "total")
    notes = list(SearchNote.objects.filter(day__gte=since).values_list(*columns))
    terms = terms_of(Counter(note[2] for note in notes))
    asked = {note[3] for note in notes} | {settings.SITE_JURISDICTION}
    paths = dict(Division.objects.filter(pk__in=asked).values_list("pk", "path"))
    whole = paths.get(settings.SITE_JURISDICTION, [])
    return [
        Question(
            day=day,
            asker=asker,
            term=terms[words],
            path=tuple(paths.get(division, whole)),
            occupation=occupation,
            kind=kind,
            side=side,
            found=total > 0,
        )
        for day, asker, words, division, occupation, kind, side, total in notes
        if terms[words] and (division in paths or whole)
    ]


def minor_groups(terms: Iterable[str], *, asked: Mapping[str, str]) -> dict[str, str]:
    """The 小类 of each term: that of the one its askers chose, else of what its words name."""
    unasked = sorted(set(terms) - set(asked))
    coded = code_titles(titles=unasked) if unasked else []
    codes = {
        term: title.code
        for term, title in zip(unasked, coded, strict=True)
        if title.confidence >= SURE_ENOUGH
    }
    codes |= asked
    paths = dict(Occupation.objects.filter(pk__in=set(codes.values())).values_list("pk", "path"))
    return {
        term: paths[code][min(MINOR_GROUP, len(paths[code])) - 1]
        for term, code in codes.items()
        if paths.get(code)
    }


def rows_of(tallies: Iterable[Tally], *, occupations: Mapping[str, str]) -> list[SearchTally]:
    return [
        SearchTally(
            day=tally.day,
            division_id=tally.division,
            term=tally.term,
            occupation_id=occupations.get(tally.term),
            searches=tally.searches,
            missed=tally.missed,
        )
        for tally in tallies
    ]
