"""Faults of a catalogue file: found before anything is written, each with its line."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from silian.foundation.reference.choices import LEVEL_NAMES, Catalogue, DivisionKind
from silian.foundation.reference.rules.codes import PATTERN_WORDS, is_well_formed
from silian.foundation.reference.rules.rows import FileRow

LONGEST_NAME = 120
# 大类, 中类, 小类 of each section. Basis: GB/T 4754-2017 附录.
INDUSTRY_COUNTS: dict[str, tuple[int, int, int]] = {
    "A": (5, 24, 72), "B": (7, 19, 39), "C": (31, 179, 609), "D": (3, 9, 18), "E": (4, 18, 44),
    "F": (2, 18, 128), "G": (8, 27, 67), "H": (2, 10, 16), "I": (3, 17, 34), "J": (4, 26, 48),
    "K": (1, 5, 5), "L": (2, 12, 58), "M": (3, 19, 48), "N": (4, 18, 33), "O": (3, 16, 32),
    "P": (1, 6, 17), "Q": (2, 6, 30), "R": (5, 27, 48), "S": (6, 16, 34), "T": (1, 1, 1),
}  # fmt: skip
# The amendment of 2019 added one class of section C. Basis: GB/T 4754-2017 第1号修改单.
ADDED_BY_AMENDMENT = {"C": 1}
# Basis: 《职业教育专业目录（2021年）》（教职成〔2021〕2号）.
MAJOR_COUNTS = {"secondary": 358, "college": 744, "bachelor": 247}
# Basis: 《中华人民共和国职业分类大典（2022年版）》.
OCCUPATION_COUNTS = (8, 79, 449, 1639)
PROVINCES = 34


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong with one line (0 for the whole file), as a sentence with its cure."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return f"第 {self.line} 行：{self.sentence}" if self.line else f"全文件：{self.sentence}"


def faults_of(rows: Sequence[FileRow], *, catalogue: str, edition: str) -> list[Fault]:
    """Every reason to refuse the file, by line; counts are compared only if the rest holds."""
    if not rows:
        return [Fault(line=0, sentence="没有数据行。请检查文件内容后重新上传。")]
    by_line = sorted(row_faults(rows, catalogue=catalogue), key=lambda fault: fault.line)
    if by_line:
        return by_line
    return list(COUNT_CHECKS.get((catalogue, edition), no_count_faults)(rows))


def row_faults(rows: Sequence[FileRow], *, catalogue: str) -> Iterator[Fault]:
    first_line: dict[str, int] = {}
    known = {row.code for row in rows}
    for row in rows:
        sentence = (
            form_fault(row, catalogue=catalogue)
            or level_fault(row, catalogue=catalogue)
            or parent_fault(row, known=known)
            or period_fault(row)
        )
        if sentence:
            yield Fault(line=row.line, sentence=sentence)
        if row.code in first_line:
            yield Fault(line=row.line, sentence=duplicate_sentence(row, first_line[row.code]))
        first_line.setdefault(row.code, row.line)


def duplicate_sentence(row: FileRow, first: int) -> str:
    return f"代码“{row.code}”与第 {first} 行重复。请保留一行。"


def form_fault(row: FileRow, *, catalogue: str) -> str | None:
    if not is_well_formed(catalogue=catalogue, code=row.code):
        return f"代码“{row.code}”格式不对，应为{PATTERN_WORDS[catalogue]}。请核对原文件。"
    if not row.name:
        return f"代码“{row.code}”没有名称。请补充名称。"
    if len(row.name) > LONGEST_NAME:
        return f"名称超过 {LONGEST_NAME} 个字。请核对该行是否错列。"
    if row.kind not in DivisionKind.values:
        return f"性质“{row.kind}”无法识别。可填：{'、'.join(DivisionKind.values)}。"
    return None


def level_fault(row: FileRow, *, catalogue: str) -> str | None:
    if row.given_level is None or row.level <= row.given_level <= row.bottom_level:
        return None
    names = LEVEL_NAMES[catalogue]
    return (
        f"代码“{row.code}”按位数属于第 {row.level} 层（{names[row.level - 1]}），"
        f"文件写为第 {row.given_level} 层。请核对代码或层级。"
    )


def parent_fault(row: FileRow, *, known: set[str]) -> str | None:
    if row.parent and row.parent not in known:
        return f"上级代码“{row.parent}”不在文件中。请补充上级，或核对代码“{row.code}”。"
    if row.given_parent and row.given_parent not in (row.parent, ""):
        if row.given_parent in known and row.given_parent[:2] == row.code[:2]:
            return None
        return f"上级写为“{row.given_parent}”，按代码应为“{row.parent}”。请核对。"
    return None


def period_fault(row: FileRow) -> str | None:
    if row.valid_from and row.valid_to and row.valid_to <= row.valid_from:
        return f"停用日 {row.valid_to} 不晚于启用日 {row.valid_from}。请核对日期。"
    return None


def no_count_faults(rows: Sequence[FileRow]) -> Iterator[Fault]:
    return iter(())


def industry_count_faults(rows: Sequence[FileRow]) -> Iterator[Fault]:
    found: dict[str, Counter[int]] = defaultdict(Counter)
    for row in rows:
        found[row.section][row.level] += 1
    for section, counts in INDUSTRY_COUNTS.items():
        for level, expected in enumerate(counts, start=2):
            extra = ADDED_BY_AMENDMENT.get(section, 0) if level == 4 else 0
            if found[section][level] not in (expected, expected + extra):
                yield Fault(
                    line=0,
                    sentence=f"门类 {section} 有 {found[section][level]} 个"
                    f"{LEVEL_NAMES[Catalogue.INDUSTRY][level - 1]}，国家标准为 {expected} 个"
                    f"（GB/T 4754-2017）。请补齐或删去多余行。",
                )


def major_count_faults(rows: Sequence[FileRow]) -> Iterator[Fault]:
    found = Counter(row.education_level for row in rows if row.level == 3)
    for level, expected in MAJOR_COUNTS.items():
        if found[level] != expected:
            yield Fault(
                line=0,
                sentence=f"{level_label(level)}有 {found[level]} 个专业，"
                f"2021年目录为 {expected} 个。请补齐或删去多余行。",
            )


def level_label(level: str) -> str:
    from silian.foundation.reference.choices import EducationLevel

    return str(EducationLevel(level).label)


def division_count_faults(rows: Sequence[FileRow]) -> Iterator[Fault]:
    real = [row for row in rows if row.level == 1 and row.kind == DivisionKind.REGULAR]
    if len(real) > PROVINCES:
        yield Fault(
            line=0, sentence=f"省级区划有 {len(real)} 个，超过 {PROVINCES} 个。请核对多余行。"
        )


COUNT_CHECKS: dict[tuple[str, str], Callable[[Sequence[FileRow]], Iterator[Fault]]] = {
    (Catalogue.INDUSTRY, "2017"): industry_count_faults,
    (Catalogue.MAJOR, "2021"): major_count_faults,
    (Catalogue.DIVISION, "2023"): division_count_faults,
}


def remarks_of(rows: Sequence[FileRow], *, catalogue: str, edition: str) -> list[str]:
    """What a reader should know about a file that may be loaded all the same."""
    if catalogue != Catalogue.OCCUPATION or edition != "2022":
        return []
    counts = [sum(row.level <= level <= row.bottom_level for row in rows) for level in range(1, 5)]
    names = LEVEL_NAMES[Catalogue.OCCUPATION]
    return [
        f"{name} {count} 个，《职业分类大典（2022年版）》为 {official} 个。"
        for name, count, official in zip(names, counts, OCCUPATION_COUNTS, strict=True)
        if count != official
    ]
