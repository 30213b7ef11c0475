"""`silian rules list | compute` (命令行): no database, amounts as decimal strings."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

_REFUSED = 2


class _Refusal(Exception):
    """A request that cannot be met, as one sentence for the user."""


def main(argv: Sequence[str]) -> int:
    """Run a command and return its exit code; 2 means that something was refused by name."""
    arguments = _parser().parse_args(list(argv))
    from .errors import PolicyRuleError

    try:
        text: str = arguments.run(arguments)
    except (PolicyRuleError, _Refusal) as refusal:
        print(refusal, file=sys.stderr)
        return _REFUSED
    sys.stdout.write(text + "\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="silian", description="政策规则")
    rules = parser.add_subparsers(required=True, metavar="rules").add_parser("rules")
    commands = rules.add_subparsers(required=True, metavar="命令")
    listing = commands.add_parser("list", help="列出一地某日有效的规则")
    listing.set_defaults(run=_list)
    computing = commands.add_parser("compute", help="按规则计算一个事例")
    computing.add_argument("rule", metavar="规则", help="如 R12 或 TX-11")
    computing.add_argument("--facts", type=Path, required=True, help="事实（JSON 文件）")
    computing.add_argument("--explain", action="store_true", help="附理由树")
    computing.set_defaults(run=_compute)
    for command in (listing, computing):
        command.add_argument("--jurisdiction", required=True, help="行政区划代码，如 411200")
        command.add_argument("--on", type=_day, required=True, help="适用日期")
        command.add_argument("--known", type=_day, default=date.max, help="按哪一天的了解")
        command.add_argument("--json", action="store_true", help="输出完整结构")
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是 2021-06-30 这样的日期") from None


def _list(arguments: argparse.Namespace) -> str:
    from .as_json import provision_data, rule_data
    from .rulebook import open_parameters, rulebook

    book = rulebook()
    place, on, known = arguments.jurisdiction, arguments.on, arguments.known
    rules = book.rules_in_force(jurisdiction=place, on=on, known_on=known)
    if not arguments.json:
        return "\n".join(_line(rule_data(compiled=each)) for each in rules)
    effective = book.effective(place, on, known)
    data = {
        "jurisdiction": {"code": place, "name": book.name_of(place)},
        "on": on.isoformat(),
        "rules": [rule_data(compiled=each) for each in rules],
        "parameters": [provision_data(provision=each) for each in effective],
        "unset": [each.id for each in open_parameters(effective=effective)],
    }
    return json.dumps(data, ensure_ascii=False, indent=1)


def _line(rule: dict[str, Any]) -> str:
    inputs = "、".join(f"{each['title']}（{each['name']}）" for each in rule["inputs"])
    return f"{rule['rule']:10}{rule['title']}　{rule['document']} {rule['clause']}　事实：{inputs}"


def _compute(arguments: argparse.Namespace) -> str:
    from .as_json import outcome_data
    from .rulebook import rulebook
    from .years import compute_years

    facts = _facts(arguments.facts)
    place, on, known = arguments.jurisdiction, arguments.on, arguments.known
    rule = rulebook().rule(id=arguments.rule, jurisdiction=place, on=on, known_on=known)
    if isinstance(facts, dict) and set(facts) == {"years"}:
        years = compute_years(
            rulebook=rulebook(), id=arguments.rule, jurisdiction=place, years=facts["years"],
            known_on=known,
        )  # fmt: skip
        outcomes = [(each.year, each.outcome) for each in years]
        data: dict[str, Any] = {
            "years": [
                {"year": year, **outcome_data(outcome=one, explain=arguments.explain)}
                for year, one in outcomes
            ]
        }
        return _text(data, data["years"], arguments.json)
    data = outcome_data(outcome=rule.compute(facts=facts), explain=arguments.explain)
    return _text(data, [data], arguments.json)


def _text(data: dict[str, Any], cases: list[dict[str, Any]], as_json: bool) -> str:
    if as_json:
        return json.dumps(data, ensure_ascii=False, indent=1)
    return "\n".join(line for case in cases for line in _summary(case))


def _summary(case: dict[str, Any]) -> list[str]:
    head = f"{case['rule']} {case['title']}（{case['jurisdiction']}，{case['on']}）"
    lines = [f"{case['year']}年 {head}" if "year" in case else head]
    for each in case["outputs"]:
        lines.append(f"  {each['title']}：{each['why'] if 'why' in each else _measured(each)}")
    for gate in case["gates"]:
        cure = f"　{gate['cure']}" if gate["cure"] else ""
        lines.append(f"  [{gate['outcome']}] {gate['title']}（{gate['clause']}）{cure}")
    lines += [f"  {each['sentence']}" for each in case["nearest_way"]]
    return [*lines, *(f"  注意：{each}" for each in case["warnings"])]


def _measured(output: dict[str, Any]) -> str:
    """A value as one reads it: days, names and yes or no need no unit."""
    value, unit = output["value"], output["unit"]
    if unit == "名单":
        return "、".join(value) or "无"
    if unit == "是否":
        return "是" if value else "否"
    return str(value) if unit in ("日期", "文字") else f"{value}{unit}"


def _facts(path: Path) -> Any:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeError) as error:
        raise _Refusal(f"无法读取事实文件“{path.name}”。") from error
    try:
        return json.loads(text, parse_float=Decimal, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise _Refusal(f"“{path.name}”不是有效的 JSON：{error}。") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A fact stated twice is refused; which one holds is not guessed."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("同一事实写了两次")
    return found
