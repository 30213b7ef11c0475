"""Speed and agreement of policy_rules: `python engines/bench/policy_rules.py [--agree]`.

OpenFisca is AGPL and no part of the product; when it is installed in the environment of the bench,
the same five rules are run there too. Otherwise the figures stated for it are used:
968 single cases and 14.5 million array evaluations a second.
"""

import argparse
import re
import sys
import time
from collections.abc import Callable
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ENGINES = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ENGINES))

import numpy as np  # noqa: E402
from silian_engines.policy_rules.compiled_rule import CompiledRule  # noqa: E402
from silian_engines.policy_rules.rulebook import rulebook  # noqa: E402
from tests.policy_rules.populations import case, population  # noqa: E402

DAY = date(2021, 6, 30)
STATED_SINGLE, STATED_MANY = 968.0, 14_500_000.0
ASKED = {
    "R07": ("deducted", "carry_out"),
    "R08": ("deducted", "expired", "carry_out"),
    "R09": ("used_education", "used_local", "carry_out"),
    "R10": ("taxable",),
    "R12": ("subsidy",),
}
FIVE = [("R07", "500154"), ("R08", "500154"), ("R09", "520000"), ("R10", "620200"),
        ("R12", "411200")]  # fmt: skip
AGREEMENT = [*FIVE, ("R01", "411200"), ("R06", "411200"), ("R11", "411200"), ("TX-05", "520000"),
             ("TX-15", "520000")]  # fmt: skip


def rules(pairs: list[tuple[str, str]]) -> list[CompiledRule]:
    return [rulebook().rule(id=id, jurisdiction=code, on=DAY) for id, code in pairs]


def best(work: Callable[[], Any], runs: int = 15) -> float:
    seconds = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return min(seconds)


def single(rule: CompiledRule, cases: list[dict[str, Any]], explain: bool) -> None:
    for facts in cases:
        outcome = rule.compute(facts=facts)
        assert outcome.values
        if explain:
            assert outcome.gates is not None
            outcome.explanation()


def single_table(peer: float, name: str) -> None:
    """Cases a second: facts read and checked, decimals given back; a case is one enterprise."""
    print(f"\n| single case (peer: {name}, {peer:,.0f}/s) | cases/s | × peer | explained/s | × |")
    print("|---|---|---|---|---|")
    size, total, explained_total = 500, 0.0, 0.0
    for rule in rules(FIVE):
        columns = population(rule.rule, size=size, seed=1)
        cases = [case(rule.rule, columns, row) for row in range(size)]
        quick = best(lambda: single(rule, cases, False)) / size  # noqa: B023
        explained = best(lambda: single(rule, cases, True)) / size  # noqa: B023
        total, explained_total = total + quick, explained_total + explained
        print_single(f"{rule.rule.id} {rule.rule.title}", quick, explained, peer)
    print_single("all five for one enterprise", total, explained_total, peer)


def print_single(name: str, quick: float, explained: float, peer: float) -> None:
    print(
        f"| {name} | {1 / quick:,.0f} | {1 / quick / peer:,.0f} "
        f"| {1 / explained:,.0f} | {1 / explained / peer:,.0f} |"
    )


def many_table(peer: float, name: str, size: int) -> None:
    """An evaluation is one of the ten results asked of the five rules, for one enterprise."""
    print(
        f"\n| {size:,} enterprises (peer: {name}, {peer:,.0f} evaluations/s) | evaluations/s | × |"
    )
    print("|---|---|---|")
    seconds, evaluations = 0.0, 0
    for rule in rules(FIVE):
        columns = population(rule.rule, size=size, seed=2)
        asked = ASKED[rule.rule.id]
        took = best(lambda: rule.compute_many(population=columns, results=asked), runs=15)  # noqa: B023
        seconds, evaluations = seconds + took, evaluations + size * len(asked)
        speed = size * len(asked) / took
        print(f"| {rule.rule.id} {rule.rule.title} | {speed:,.0f} | {speed / peer:,.1f} |")
    speed = evaluations / seconds
    print(
        f"| all five ({size / seconds:,.0f} enterprises/s) | {speed:,.0f} | {speed / peer:,.1f} |"
    )


def agreement(size: int) -> None:
    """The two paths on generated cases: any difference in 分 is counted."""
    print("\n| agreement | cases | values compared | differences |\n|---|---|---|---|")
    each = size // len(AGREEMENT)
    cases, compared, different = 0, 0, 0
    for rule in rules(AGREEMENT):
        columns = population(rule.rule, size=each, seed=3)
        many = rule.compute_many(population=columns)
        arrays = [many.values.get(step.name) for step in rule.rule.steps]
        lists = [None if one is None else one.tolist() for one in arrays]
        for row in range(each):
            raw = rule.compute(facts=case(rule.rule, columns, row)).raw
            for one, column in zip(raw, lists, strict=False):
                if column is not None:
                    compared += 1
                    different += column[row] != (-1 if one is None else one)
        cases += each
    print(f"| scalar and array path | {cases:,} | {compared:,} | {different:,} |")


def peers() -> tuple[float, float, str]:
    if find_spec("openfisca_core") is None:
        return STATED_SINGLE, STATED_MANY, "OpenFisca as stated, not installed here"
    return *openfisca(), "OpenFisca, this run"


def openfisca() -> tuple[float, float]:
    """The same five rules as OpenFisca variables: cases a second, and values a second."""
    from openfisca_core import entities, periods, simulation_builder, taxbenefitsystems, variables

    firm = entities.Entity("firm", "firms", "", "")
    system = taxbenefitsystems.TaxBenefitSystem([firm])

    def add(name: str, formula: Any = None) -> None:
        facts = {"value_type": float, "entity": firm, "definition_period": periods.YEAR}
        if formula:
            facts["formula"] = formula
        system.add_variable(type(name, (variables.Variable,), {**facts, "label": name}))

    for name in PEER_INPUTS:
        add(name)
    for name, expression in PEER_FORMULAS.items():
        source = f"lambda firm, period: {in_openfisca(expression)}"
        add(name, eval(source, {"minimum": np.minimum, "maximum": np.maximum, "where": np.where}))

    def run(size: int) -> None:
        simulation = simulation_builder.SimulationBuilder().build_default_simulation(system, size)
        for name in PEER_INPUTS:
            simulation.set_input(name, "2021", np.full(size, 1000.0, dtype=np.float32))
        for name in PEER_ASKED:
            simulation.calculate(name, "2021")

    single = 20 / best(lambda: [run(1) for _ in range(20)], runs=15)
    return single, len(PEER_ASKED) * 1e6 / best(lambda: run(1_000_000), runs=15)


def in_openfisca(expression: str) -> str:
    """Names of variables become reads of them for the firm and the period."""
    names = sorted({*PEER_INPUTS, *PEER_FORMULAS}, key=len, reverse=True)
    pattern = re.compile(rf"\b({'|'.join(names)})\b")
    return pattern.sub(r"firm('\1', period)", expression)


PEER_ASKED = (
    "deducted", "carry_out", "donation_deducted", "expired", "donation_carry", "used_education",
    "used_local", "credit_out", "taxable", "subsidy",
)  # fmt: skip
PEER_INPUTS = [
    "wages", "spent", "carried", "profit", "donation", "old_3", "old_2", "old_1", "proper",
    "listed", "investment", "credit_in", "due_education", "due_local", "reward", "non_profit",
    "student_months", "passed",
]  # fmt: skip
PEER_FORMULAS = {
    "limit": "wages * 0.08",
    "available": "spent + carried",
    "deducted": "minimum(available, limit)",
    "carry_out": "available - deducted",
    "donation_limit": "maximum(0, profit) * 0.12",
    "qualifying": "donation * proper",
    "used_3": "minimum(old_3, donation_limit)",
    "room_2": "donation_limit - used_3",
    "used_2": "minimum(old_2, room_2)",
    "room_1": "room_2 - used_2",
    "used_1": "minimum(old_1, room_1)",
    "room_now": "room_1 - used_1",
    "used_now": "minimum(qualifying, room_now)",
    "donation_deducted": "used_3 + used_2 + used_1 + used_now",
    "expired": "old_3 - used_3",
    "left_2": "old_2 - used_2",
    "left_1": "old_1 - used_1",
    "left_now": "qualifying - used_now",
    "donation_carry": "left_2 + left_1 + left_now",
    "new_credit": "investment * 0.3 * listed",
    "credit_available": "credit_in + new_credit",
    "due": "due_education + due_local",
    "used": "minimum(credit_available, due) * listed",
    "spread": "used * 0.6",
    "used_education": "minimum(due_education, maximum(spread, used - due_local))",
    "used_local": "used - used_education",
    "credit_out": "credit_available - used",
    "taxable": "where(non_profit > 0, reward * 0.5, reward)",
    "exempt": "reward - taxable",
    "subsidy": "200 * student_months * passed",
    "subsidy_if_passed": "200 * student_months",
}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--agree", action="store_true", help="compare 1,000,000 cases (minutes)")
    parser.add_argument("--size", type=int, default=1_000_000)
    arguments = parser.parse_args()
    single_peer, many_peer, name = peers()
    single_table(single_peer, name)
    many_table(many_peer, name, arguments.size)
    if arguments.agree:
        agreement(arguments.size)


if __name__ == "__main__":
    main()
