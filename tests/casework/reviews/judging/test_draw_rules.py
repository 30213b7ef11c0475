"""The draw is repeatable, fair in load, and draws nobody who was left out."""

from __future__ import annotations

import random
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from silian.casework.reviews.rules.draws import (
    Candidate,
    DrawRecord,
    Lot,
    draw,
    place_in_sequence,
    record_of,
)

NAMES = [f"E{place:06d}" for place in range(1, 15)]


@st.composite
def lots(draw_from: st.DrawFn) -> list[Lot]:
    count = draw_from(st.integers(1, 8))
    loads = {name: draw_from(st.integers(0, 3)) for name in NAMES}
    return [
        Lot(
            dossier=f"SB-{place:03d}",
            needed=draw_from(st.integers(0, 3)),
            candidates=tuple(
                Candidate(
                    expert=name,
                    load=loads[name],
                    excluded=draw_from(st.sampled_from(["", "", "conflict", "field"])),
                )
                for name in NAMES
            ),
        )
        for place in range(count)
    ]


@given(lots(), st.text(min_size=4, max_size=20), st.sampled_from([None, 2, 4]))
def test_the_order_of_the_input_changes_nothing(
    found: list[Lot], seed: str, most: int | None
) -> None:
    mixed = [
        Lot(dossier=lot.dossier, needed=lot.needed, candidates=tuple(reversed(lot.candidates)))
        for lot in random.Random(1).sample(found, len(found))
    ]
    assert draw(seed=seed, lots=found, most=most) == draw(seed=seed, lots=mixed, most=most)


@given(lots(), st.text(min_size=4, max_size=20))
def test_nobody_left_out_is_drawn_and_nobody_twice(found: list[Lot], seed: str) -> None:
    by_number = {lot.dossier: lot for lot in found}
    for row in draw(seed=seed, lots=found, most=None):
        free = {c.expert for c in by_number[row.dossier].candidates if not c.excluded}
        assert set(row.experts) <= free
        assert len(set(row.experts)) == len(row.experts)
        assert len(row.experts) + row.missing == by_number[row.dossier].needed
        assert row.missing == max(0, by_number[row.dossier].needed - len(free))


@given(lots(), st.text(min_size=4, max_size=20), st.integers(1, 4))
def test_nobody_gets_more_tasks_than_the_limit(found: list[Lot], seed: str, most: int) -> None:
    before = {c.expert: c.load for c in found[0].candidates}
    tasks = Counter(e for row in draw(seed=seed, lots=found, most=most) for e in row.experts)
    assert all(before[name] + count <= most for name, count in tasks.items())


@given(st.text(min_size=4, max_size=20), st.integers(1, 20))
def test_tasks_are_spread_evenly_when_everybody_may_judge(seed: str, dossiers: int) -> None:
    candidates = tuple(Candidate(expert=name) for name in NAMES)
    found = [
        Lot(dossier=f"SB-{place}", needed=2, candidates=candidates) for place in range(dossiers)
    ]
    tasks = Counter(e for row in draw(seed=seed, lots=found, most=None) for e in row.experts)
    loads = [tasks.get(name, 0) for name in NAMES]
    assert max(loads) - min(loads) <= 1


@given(st.text(min_size=4, max_size=20), st.integers(1, 5))
def test_a_replacement_goes_on_in_the_same_sequence(seed: str, needed: int) -> None:
    free = tuple(Candidate(expert=name) for name in NAMES)
    whole = draw(
        seed=seed, lots=[Lot(dossier="SB-1", needed=needed + 1, candidates=free)], most=None
    )
    first, following = whole[0].experts[:needed], whole[0].experts[needed]
    left = tuple(
        Candidate(expert=c.expert, excluded="seat" if c.expert in first else "") for c in free
    )
    again = draw(seed=seed, lots=[Lot(dossier="SB-1", needed=1, candidates=left)], most=None)
    assert again[0].experts == (following,)


def test_who_stands_first_is_told_by_the_documented_hash() -> None:
    free = tuple(Candidate(expert=name) for name in NAMES)
    drawn = draw(seed="种子", lots=[Lot(dossier="SB-1", needed=1, candidates=free)], most=None)
    order = sorted(NAMES, key=lambda n: place_in_sequence(seed="种子", dossier="SB-1", expert=n))
    assert drawn[0].experts == (order[0],)


def test_another_seed_draws_others() -> None:
    free = tuple(Candidate(expert=name) for name in NAMES)
    lot = Lot(dossier="SB-1", needed=3, candidates=free)
    results = {draw(seed=f"seed-{n}", lots=[lot], most=None)[0].experts for n in range(30)}
    assert len(results) > 20


@given(lots(), st.text(min_size=4, max_size=20))
def test_a_kept_record_is_read_back_and_holds(found: list[Lot], seed: str) -> None:
    kept = DrawRecord(
        seed=seed,
        most=4,
        lots=tuple(found),
        result=tuple(draw(seed=seed, lots=found, most=4)),
    )
    again = record_of(kept.as_json())
    assert again.sha256 == kept.sha256
    assert again.holds


def test_a_forged_record_does_not_hold() -> None:
    free = tuple(Candidate(expert=name) for name in NAMES)
    lot = Lot(dossier="SB-1", needed=1, candidates=free)
    kept = DrawRecord(
        seed="种子一号",
        most=None,
        lots=(lot,),
        result=tuple(draw(seed="种子一号", lots=[lot], most=None)),
    )
    said = kept.as_json()
    other = next(name for name in NAMES if name not in said["result"][0]["experts"])
    said["result"][0]["experts"] = [other]
    assert not record_of(said).holds
    assert record_of(said).sha256 != kept.sha256
