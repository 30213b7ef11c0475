"""What the demonstration city searched for: a month of questions, a year of counts."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass
from functools import cached_property

from silian.foundation.kernel.actors import Actor
from silian.operations.exchange.commands.demand_suggestion import suggest_demands
from silian.operations.exchange.commands.search_log import asker_digest
from silian.operations.exchange.commands.search_tally import minor_groups, tally_searches
from silian.operations.exchange.demo.trades import TRADES
from silian.operations.exchange.models.demand_suggestion import DemandSuggestion
from silian.operations.exchange.models.search_log import SearchNote, SearchTally
from silian.operations.exchange.rules.search_tally import FEWEST_ASKERS, NOTE_DAYS
from silian.registers.organisations.models import Organisation

SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
QUESTIONS = 900  # of the last month
DAYS_TOLD = 360
DAYS_BETWEEN = 5
BATCH = 1_000
MISSING = (
    # what is asked for, kind, side: nobody in the city offers it
    ("叶轮五轴精修机时", "equipment_hours", "supply"),
    ("氢燃料电池检测", "technical_service", "supply"),
    ("手语翻译教师", "teacher_mentor", "supply"),
    ("碳排放核算培训", "course_package", "supply"),
    ("船舶焊接取证", "course_package", "supply"),
    ("工业互联网攻防靶场", "training_places", "supply"),
    ("透析护士订单班", "order_class", "supply"),
)
RARE = ("钟表修复师", "盲文校对", "古琴斫制", "冰雕师", "皮影道具")


@dataclass(frozen=True, kw_only=True)
class SearchBuilder:
    """Searches by organisations of the city; most find something, some never do."""

    rng: random.Random
    on: datetime.date
    scale: float

    def build(self) -> int:
        notes = [self.note() for _ in range(max(200, int(QUESTIONS * self.scale)))]
        SearchNote.objects.bulk_create(notes, ignore_conflicts=True, batch_size=BATCH)
        SearchTally.objects.bulk_create(self.past_counts(), batch_size=BATCH)
        now = datetime.datetime.combine(self.on, datetime.time(1, 20), tzinfo=SHANGHAI)
        suggest_demands(questions=tally_searches(today=self.on), now=now)
        DemandSuggestion.objects.update(is_demo=True)
        return SearchNote.objects.count()

    @cached_property
    def askers(self) -> list[tuple[str, str]]:
        """Digests of organisations, with the region each of them belongs to."""
        rows = Organisation.objects.order_by("pk").values_list("pk", "division_id")
        return [
            (asker_digest(Actor(organisation_id=pk)), division)
            for pk, division in rows[: max(60, int(300 * self.scale))]
        ]

    def note(self) -> SearchNote:
        asker, division = self.rng.choice(self.askers)
        words, kind, side, total = self.question()
        return SearchNote(
            day=self.on - datetime.timedelta(days=self.rng.randrange(NOTE_DAYS)),
            asker=asker,
            words=words,
            division_code=division,
            kind=kind,
            side=side,
            total=total,
        )

    def question(self) -> tuple[str, str, str, int]:
        """Words, kind, side and how much they found."""
        luck = self.rng.random()
        if luck < 0.22:
            return *self.rng.choice(MISSING), 0
        if luck < 0.26:
            return self.rng.choice(RARE), "", "", 0
        trade = self.rng.choice(TRADES)
        words = self.rng.choice((trade.post, trade.courses[0], trade.equipment[0]))
        return words, "", "", self.rng.choice((0, 2, 9, 26))

    def past_counts(self) -> list[SearchTally]:
        """Counts of the months whose questions are forgotten."""
        divisions = sorted({division for _, division in self.askers})
        terms = [(trade.post, 0.15) for trade in TRADES] + [(words, 1.0) for words, *_ in MISSING]
        groups = minor_groups([term for term, _ in terms], asked={})
        rows = []
        for days in range(NOTE_DAYS + 1, DAYS_TOLD, DAYS_BETWEEN):
            for term, share in terms:
                searches = self.rng.randint(FEWEST_ASKERS, 12)
                rows.append(
                    SearchTally(
                        day=self.on - datetime.timedelta(days=days),
                        division_id=self.rng.choice(divisions),
                        term=term,
                        occupation_id=groups.get(term),
                        searches=searches,
                        missed=round(searches * share),
                    )
                )
        return rows
