"""Speed of stable assignment against named peers: `python engines/bench/assignment.py`.

The library `matching` (MIT) and OR-tools (Apache 2.0) run on the same instances when they are
installed in the environment of the bench; they are no part of the product.
"""

import sys
import threading
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ENGINES = Path(__file__).resolve().parents[1]
sys.path[0] = str(ENGINES)  # in place of this folder, whose matching.py hides the library

import numpy as np  # noqa: E402
from silian_engines.matching.assignment.checking import blocking_pairs, faults  # noqa: E402
from silian_engines.matching.assignment.market import Market, make_market  # noqa: E402
from silian_engines.matching.assignment.optimum import cheapest  # noqa: E402
from silian_engines.matching.assignment.resolving import Adjustable  # noqa: E402
from silian_engines.matching.assignment.solving import assign  # noqa: E402

BIG = (100_000, 15_000, 15)
PEER_SIZES = ((200, 40, 8), (1000, 200, 8), (4000, 800, 8), (8000, 1200, 8))
OPTIMUM = (2_000, 300, 8)
CHANGES = 300


def instance(students: int, posts: int, wishes: int, *, quotas: bool, seed: int = 1) -> Market:
    """Posts of unequal appeal, about one seat a student; quotas on one post in three."""
    rng = np.random.default_rng(seed)
    appeal = rng.gamma(1.0, 1.0, size=posts)
    wanted = rng.choice(posts, size=(students, wishes), p=appeal / appeal.sum())
    most = max(2, 2 * students // posts)
    seats = rng.integers(1, most + 1, size=posts)
    rules: dict[str, Any] = {}
    if quotas:
        reserved = np.zeros((posts, 4), int)
        reserved[::3, 0] = 1
        ceilings = np.repeat(seats[:, None], 4, axis=1)
        ceilings[::5, 2] = 1
        group = rng.integers(-1, 4, size=students)
        rules = {"group": group, "reserved": reserved, "ceilings": ceilings}
    points = rng.integers(0, 1000, size=(students, wishes))
    return make_market(wishes=wanted, points=points, seats=seats, seed=seed, **rules)


def best(work: Callable[[], Any], runs: int = 5) -> float:
    seconds = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return min(seconds)


def large() -> None:
    for quotas in (False, True):
        market = instance(*BIG, quotas=quotas)
        seconds = best(lambda market=market: assign(market))
        placed = int((assign(market).post >= 0).sum())
        kind = "with quotas" if quotas else "plain"
        print(f"100,000 x 15,000 x 15 {kind}: {seconds:.3f} s, {placed:,} placed (bar 0.5)")
    changes(market)


def changes(market: Market) -> None:
    rng, seconds = np.random.default_rng(2), []
    live = Adjustable(assign(market))
    for _ in range(CHANGES):
        student, post = int(rng.integers(market.students)), int(rng.integers(market.posts))
        for work in (
            lambda student=student: live.withdraw(student),
            lambda post=post: live.add_seat(post),
        ):
            started = time.perf_counter()
            work()
            seconds.append(time.perf_counter() - started)
    middle, worst = float(np.median(seconds)), max(seconds)
    print(f"one change: median {middle * 1e3:.2f} ms, worst {worst * 1e3:.1f} ms (bar 10)")


def checked() -> None:
    for quotas in (False, True):
        market = instance(3000, 450, 15, quotas=quotas, seed=5)
        post = assign(market).post.tolist()
        pairs, wrong = len(blocking_pairs(market, post=post)), len(faults(market, post=post))
        print(f"checked pair by pair, 3,000 students: {pairs} blocking pairs, {wrong} faults")


def against_matching() -> None:
    if find_spec("matching") is None:
        print("matching: not installed here")
        return
    from matching.games import HospitalResident

    for size in PEER_SIZES:
        market = instance(*size, quotas=False)
        started = time.perf_counter()
        try:
            game = HospitalResident.create_from_dictionaries(*as_dictionaries(market))
            solution = game.solve(optimal="resident")
        except (RecursionError, MemoryError) as failure:
            print(f"matching {size}: does not survive ({type(failure).__name__})")
            return
        theirs = time.perf_counter() - started
        ours = best(lambda market=market: assign(market))
        done = assign(market).post.tolist()
        got = {int(str(s.name)): int(str(h.name)) for h, ss in solution.items() for s in ss}
        same = got == {s: p for s, p in enumerate(done) if p >= 0}
        print(
            f"matching {size}: {theirs:.3f} s, ours {ours:.5f} s, {theirs / ours:,.0f} x, {same=}"
        )


def as_dictionaries(market: Market) -> tuple[dict, dict, dict]:
    residents = {
        s: [int(post) for post in row if post >= 0] for s, row in enumerate(market.wishes.tolist())
    }
    hospitals: dict[int, list[int]] = {}
    order = sorted(
        (post, -market.points[s, r], market.lottery[s], s)
        for s, row in enumerate(market.wishes.tolist())
        for r, post in enumerate(row)
        if post >= 0
    )
    for post, _, _, student in order:
        hospitals.setdefault(int(post), []).append(int(student))
    return residents, hospitals, {post: int(market.seats[post]) for post in hospitals}


def against_ortools() -> None:
    market = instance(*OPTIMUM, quotas=False, seed=3)
    costs = np.tile(np.arange(OPTIMUM[2], dtype=np.int32), (OPTIMUM[0], 1))
    seconds = best(lambda: cheapest(market, costs=costs), runs=2)
    mine = objective(market, cheapest(market, costs=costs))
    print(f"least cost, 2,000 students: {seconds:.3f} s, placed and cost {mine}")
    if find_spec("ortools") is None:
        print("OR-tools: not installed here")
        return
    started = time.perf_counter()
    theirs = ortools_objective(market)
    print(f"OR-tools: {time.perf_counter() - started:.3f} s, {theirs}, equal={theirs == mine}")


def objective(market: Market, post: np.ndarray) -> tuple[int, int]:
    rows = zip(market.wishes.tolist(), post.tolist(), strict=True)
    ranks = [row.index(got) for row, got in rows if got >= 0]
    return len(ranks), sum(ranks)


def ortools_objective(market: Market) -> tuple[int, int]:
    from ortools.graph.python import min_cost_flow

    flow = min_cost_flow.SimpleMinCostFlow()
    source, sink = market.students + market.posts, market.students + market.posts + 1
    heavy = market.places * (market.students + 1)
    for student, row in enumerate(market.wishes.tolist()):
        flow.add_arc_with_capacity_and_unit_cost(source, student, 1, 0)
        flow.add_arc_with_capacity_and_unit_cost(student, sink, 1, heavy)
        for rank, post in enumerate(row):
            if post >= 0:
                arc = (student, market.students + post, 1, rank)
                flow.add_arc_with_capacity_and_unit_cost(*arc)
    for post, seats in enumerate(market.seats.tolist()):
        flow.add_arc_with_capacity_and_unit_cost(market.students + post, sink, seats, 0)
    flow.set_node_supply(source, market.students)
    flow.set_node_supply(sink, -market.students)
    flow.solve()
    cost = flow.optimal_cost()
    left = cost // heavy
    return market.students - left, cost - left * heavy


if __name__ == "__main__":
    large()
    checked()
    sys.setrecursionlimit(1_000_000)  # the peer copies its graph of players by recursion
    threading.stack_size(1 << 30)
    peer = threading.Thread(target=against_matching)
    peer.start()
    peer.join()
    against_ortools()
