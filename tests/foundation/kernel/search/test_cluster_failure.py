"""Servers of a search cluster are killed: answers get poorer and say so, nothing is lost."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field, replace
from io import StringIO
from unittest.mock import Mock

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from silian.foundation.kernel.models import SearchChange
from silian.foundation.kernel.search import feed, sources
from silian.foundation.kernel.search.documents import SearchDocument
from silian.foundation.kernel.search.errors import IndexUnavailable
from silian.foundation.kernel.search.rebuilding import rebuild
from silian.foundation.kernel.search.requests import FACETS, Found, Hit, SearchRequest
from silian.foundation.kernel.search.sources import SearchSource
from silian.foundation.kernel.search.sphinxql import servers
from silian.foundation.kernel.search.sphinxql.engine import IN_ITS_STEAD, PARTIAL, SphinxqlSearch
from silian.foundation.kernel.search.state import search_state
from tests.foundation.kernel.search.conformance import EVERYBODY, SUBJECTS, library
from tests.search_cluster import Cluster

SAMPLE = SUBJECTS[0]
ALL = SearchRequest(filters=EVERYBODY, limit=1_000, facets=FACETS)
ENOUGH = 40  # acknowledged rows before and after a kill


@dataclass
class Shelf:
    """The rows of a subject, as a module's table would hold them."""

    rows: dict[int, SearchDocument] = field(default_factory=dict)

    def source(self) -> SearchSource:
        return SearchSource(
            subject=SAMPLE,
            label="样品",
            documents_of=lambda ids: [self.rows[pk] for pk in ids if pk in self.rows],
            ids=lambda after, most: sorted(pk for pk in self.rows if pk > after)[:most],
            total=lambda: len(self.rows),
            visible_to=lambda actor, ids: {pk: self.rows[pk] for pk in ids if pk in self.rows},
        )


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """Forty rows that everybody may read, registered as a source."""
    shelf = Shelf({row.object_id: row for row in map(public, library(40))})
    monkeypatch.setitem(sources._sources, SAMPLE, shelf.source())
    return shelf


def public(row: SearchDocument) -> SearchDocument:
    return replace(row, subject=SAMPLE, filters={**row.filters, "visibility": ("public",)})


def numbers(found: Found) -> set[int]:
    return {hit.object_id for hit in found.hits}


class Writer(threading.Thread):
    """Writes one row after another, and keeps what was acknowledged apart from what was not."""

    def __init__(self, engine: SphinxqlSearch) -> None:
        super().__init__()
        self.engine, self.pattern = engine, public(library(1)[0])
        self.taken: list[int] = []
        self.refused: list[int] = []
        self.ended = threading.Event()

    def run(self) -> None:
        number = 0
        while not self.ended.is_set():
            number += 1
            try:
                self.engine.index([self.row(number)])
            except IndexUnavailable as failure:
                self.refused += [row.object_id for row in failure.rows]
            else:
                self.taken.append(number)

    def row(self, number: int) -> SearchDocument:
        return replace(self.pattern, object_id=number)

    def goes_on(self) -> None:
        """Wait until many more rows were acknowledged."""
        goal, end = len(self.taken) + ENOUGH, time.monotonic() + 20
        while len(self.taken) < goal and time.monotonic() < end:
            time.sleep(0.01)
        assert len(self.taken) >= goal


def test_a_shard_killed_under_load_costs_a_part_of_the_answer_and_no_row(
    cluster: Cluster, engine: SphinxqlSearch
) -> None:
    writer = Writer(engine)
    writer.start()
    try:
        writer.goes_on()
        assert engine.search(ALL).warnings == ()
        before = set(writer.taken)
        cluster.servers["shard-2"].kill()
        writer.goes_on()
        partial = engine.search(ALL)
    finally:
        writer.ended.set()
        writer.join()
    assert partial.warnings == (PARTIAL,)
    assert (partial.total_is_exact, partial.facets_are_exact) == (False, False)
    assert 0 < len(numbers(partial) & before) < len(before)
    assert writer.refused

    cluster.servers["shard-2"].start()
    whole = engine.search(replace(ALL, limit=100_000))
    assert whole.warnings == ()
    assert set(writer.taken) <= numbers(whole)
    engine.index([writer.row(number) for number in writer.refused])
    again = engine.search(replace(ALL, limit=100_000))
    assert numbers(again) == {*writer.taken, *writer.refused}


def test_the_feed_catches_up_when_a_shard_is_back(
    cluster: Cluster, engine: SphinxqlSearch, shelf: Shelf
) -> None:
    cluster.servers["shard-1"].kill()
    feed.changed(SAMPLE, list(shelf.rows))
    carried = feed.carry_all()
    assert 0 < carried < len(shelf.rows)
    assert SearchChange.objects.count() == len(shelf.rows) - carried
    assert feed.carry_all() == 0
    shelf.rows[1] = replace(shelf.rows[1], title=("全新",))
    feed.changed(SAMPLE, [1])

    cluster.servers["shard-1"].start()
    feed.carry_all()
    assert not SearchChange.objects.exists()
    assert numbers(engine.search(ALL)) == set(shelf.rows)
    assert engine.search(replace(ALL, words=("全新",))).hits == [Hit(subject=SAMPLE, object_id=1)]


def test_a_carrier_that_dies_half_way_leaves_every_note(
    engine: SphinxqlSearch, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed.changed(SAMPLE, [*shelf.rows, 900])
    with monkeypatch.context() as dying:
        dying.setattr(engine, "delete", Mock(side_effect=KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            feed.carry_all()
    assert SearchChange.objects.count() == len(shelf.rows) + 1
    assert feed.carry_all() == len(shelf.rows) + 1
    assert numbers(engine.search(ALL)) == set(shelf.rows)
    assert engine.size() == len(shelf.rows)


def test_what_was_hidden_is_neither_shown_nor_counted_before_the_cluster_knows(
    cluster: Cluster, engine: SphinxqlSearch, shelf: Shelf
) -> None:
    feed.changed(SAMPLE, list(shelf.rows))
    feed.carry_all()
    members_only = replace(
        shelf.rows[2], filters={**shelf.rows[2].filters, "visibility": ("members",)}
    )
    shelf.rows[2] = members_only
    shelf.rows.pop(1)
    feed.changed(SAMPLE, [1, 2, 3])

    seen = engine.search(ALL)
    assert numbers(seen) == set(shelf.rows) - {2}
    assert seen.total == sum(seen.facets["side"].values()) == len(shelf.rows) - 1
    both = replace(ALL, filters=(("visibility", ("public", "members")),))
    assert {3} < numbers(engine.search(both))
    assert 1 not in numbers(engine.search(both))
    feed.carry_all()
    assert numbers(engine.search(both)) == set(shelf.rows)


def test_what_left_past_every_command_is_not_counted_either(
    engine: SphinxqlSearch, shelf: Shelf
) -> None:
    feed.changed(SAMPLE, list(shelf.rows))
    feed.carry_all()
    shelf.rows.pop(4)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM kernel_searchentry WHERE object_id = 4")
    assert numbers(engine.search(ALL)) == set(shelf.rows)
    assert feed.carry_all() == 1
    assert engine.size() == len(shelf.rows)


def test_the_database_answers_when_no_server_does(
    cluster: Cluster, engine: SphinxqlSearch, shelf: Shelf
) -> None:
    feed.changed(SAMPLE, list(shelf.rows))
    feed.carry_all()
    for server in cluster.servers.values():
        server.kill()
    found = engine.search(ALL)
    assert found.warnings == (IN_ITS_STEAD,)
    assert numbers(found) == set(shelf.rows)
    started = time.monotonic()
    engine.search(ALL)
    assert time.monotonic() - started < 1


def test_a_server_that_hangs_is_not_waited_for(
    cluster: Cluster, engine: SphinxqlSearch, shelf: Shelf
) -> None:
    feed.changed(SAMPLE, list(shelf.rows))
    feed.carry_all()
    plain = replace(ALL, facets=())
    engine.search(plain)
    for name, warning, seconds in (("shard-1", PARTIAL, 4), ("coordinator", IN_ITS_STEAD, 8)):
        with cluster.servers[name].hanging():
            started = time.monotonic()
            assert engine.search(plain).warnings == (warning,)
            assert time.monotonic() - started < seconds
    servers._resting.clear()
    assert engine.search(plain).warnings == ()


def test_a_lost_index_is_rebuilt_while_the_old_one_answers(
    engine: SphinxqlSearch, shelf: Shelf
) -> None:
    stale = replace(shelf.rows[1], object_id=900)
    engine.index([*list(shelf.rows.values())[:20], stale])
    answers: list[int] = []
    rebuild(
        shelf.source(),
        resume=False,
        tell=lambda done, total: answers.append(len(numbers(engine.search(ALL)))),
    )
    assert answers
    assert min(answers) >= 20
    assert numbers(engine.search(ALL)) == set(shelf.rows)


def test_a_shard_that_lost_its_documents_is_noticed(engine: SphinxqlSearch, shelf: Shelf) -> None:
    feed.changed(SAMPLE, list(shelf.rows))
    assert search_state().waiting == len(shelf.rows)
    assert search_state().astray == 0
    feed.carry_all()
    assert (search_state().waiting, search_state().astray) == (0, 0)
    engine.servers.shards[0].run("TRUNCATE RTINDEX silian_shard")
    assert 0 < search_state().astray < len(shelf.rows)


def test_a_rebuild_stops_at_a_silent_shard_and_goes_on_from_there(
    cluster: Cluster, engine: SphinxqlSearch, shelf: Shelf
) -> None:
    cluster.servers["shard-2"].kill()
    with pytest.raises(CommandError, match="加 --resume 接着办"):
        call_command("search_rebuild", subject=SAMPLE, stdout=StringIO())
    cluster.servers["shard-2"].start()
    call_command("search_rebuild", subject=SAMPLE, resume=True, stdout=StringIO())
    assert numbers(engine.search(ALL)) == set(shelf.rows)
