"""``silian doctor``: what must be right before and while a site serves people (上线检查)."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator

from config.examination import Finding

Examination = Callable[[], Iterable[Finding]]


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="silian doctor", description="逐项检查能否上线。")
    parser.add_argument("--only-problems", action="store_true", help="只列需处理的项目")
    return parser.parse_args(arguments)


def examinations() -> list[Examination]:
    from config.examination import database, operation, people, settings

    return [settings.examine, database.examine, operation.examine, people.examine]


def findings() -> Iterator[Finding]:
    """All findings; an examination that itself breaks is a finding, not the end."""
    for examine in examinations():
        try:
            yield from examine()
        except Exception as error:
            yield Finding(
                title=examine.__module__.rsplit(".", 1)[-1],
                ok=False,
                detail=f"检查没有做完：{type(error).__name__}: {error}"[:300],
                cure="先处理以上各项，再运行一次。",
            )


def line_of(finding: Finding) -> str:
    word = "通过  " if finding.ok else "需处理"
    line = f"{word}  {finding.title}：{finding.detail}"
    return line if finding.ok else f"{line}\n        办法：{finding.cure}"


def main(arguments: list[str]) -> int:
    import django

    options = parse(arguments)
    django.setup()
    found = list(findings())
    for finding in found:
        if not finding.ok or not options.only_problems:
            print(line_of(finding))
    problems = sum(not finding.ok for finding in found)
    print(f"共 {len(found)} 项，通过 {len(found) - problems} 项，需处理 {problems} 项。")
    sys.stdout.flush()
    return 1 if problems else 0
