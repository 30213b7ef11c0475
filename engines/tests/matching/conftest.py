"""Fixtures of the matching tests: the divisions and the real input under ../shared."""

import csv
import os
from pathlib import Path

import pytest
from silian_engines.matching.field_parsing.regions import DivisionTable

SHARED = Path(__file__).parents[4] / "shared" / "data"

DIVISIONS = [
    ("110000", "北京市"), ("110100", "市辖区"), ("110105", "朝阳区"), ("110108", "海淀区"),
    ("210000", "辽宁省"), ("211300", "朝阳市"), ("220000", "吉林省"), ("220100", "长春市"),
    ("220104", "朝阳区"), ("310000", "上海市"), ("310100", "市辖区"), ("310115", "浦东新区"),
    ("320000", "江苏省"), ("320500", "苏州市"), ("320583", "昆山市"), ("350000", "福建省"),
    ("350100", "福州市"), ("350102", "鼓楼区"), ("350112", "长乐区"), ("440000", "广东省"),
    ("440100", "广州市"), ("440106", "天河区"), ("440300", "深圳市"), ("440309", "龙华区"),
    ("441900", "东莞市"), ("522700", "黔南布依族苗族自治州"), ("520000", "贵州省"),
]  # fmt: skip


@pytest.fixture(scope="session")
def divisions() -> DivisionTable:
    return DivisionTable(rows=DIVISIONS, older_rows=[("371200", "莱芜市")])


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        if os.environ.get("CI"):
            pytest.fail(f"{path.name} is missing")
        pytest.skip(f"{path.name} is not on this machine")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def postings() -> list[dict[str, str]]:
    return _rows(SHARED / "jobs" / "postings_a.csv")


@pytest.fixture(scope="session")
def labelled_path() -> Path:
    path = SHARED / "jobs" / "job_titles_to_csco_a.csv"
    _rows(path)
    return path


@pytest.fixture(scope="session")
def national_divisions() -> DivisionTable:
    current = _rows(SHARED / "reference" / "divisions_stats_2023.csv")
    older = _rows(SHARED / "reference" / "divisions_gb2260_mca_201904.csv")
    return DivisionTable(
        rows=[(row["code"], row["name"]) for row in current],
        older_rows=[(row["code"], row["name"]) for row in older],
    )
