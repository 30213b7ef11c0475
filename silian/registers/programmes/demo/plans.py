"""What the demonstration schools teach, course by course; every subject is invented."""

from __future__ import annotations

from dataclasses import dataclass

from silian.registers.programmes.choices import CourseKind, TeachingMode

G, P, R, N = (
    CourseKind.GENERAL,
    CourseKind.PROFESSIONAL,
    CourseKind.PRACTICE,
    CourseKind.INTERNSHIP,
)
LECTURE, PROJECT, CASE, WORK = (
    TeachingMode.LECTURE,
    TeachingMode.PROJECT,
    TeachingMode.CASE,
    TeachingMode.WORK_PROCESS,
)


@dataclass(frozen=True, kw_only=True)
class DemoCourse:
    """One line of an invented course table."""

    code: str
    name: str
    kind: CourseKind
    term: int
    theory: int
    practice: int
    weeks: int = 0
    modes: tuple[TeachingMode, ...] = (LECTURE,)


def line(
    code: str,
    name: str,
    kind: CourseKind,
    term: int,
    hours: tuple[int, int],
    *modes: TeachingMode,
    weeks: int = 0,
) -> DemoCourse:
    return DemoCourse(
        code=code, name=name, kind=kind, term=term, theory=hours[0], practice=hours[1],
        weeks=weeks, modes=modes or (LECTURE,),
    )  # fmt: skip


GENERAL_COURSES = (
    line("G01", "思想政治", G, 1, (90, 18), LECTURE, CASE),
    line("G02", "语文", G, 1, (64, 8)),
    line("G03", "数学", G, 1, (64, 8)),
    line("G04", "外语", G, 1, (64, 16)),
    line("G05", "体育与健康", G, 1, (16, 92)),
    line("G06", "信息技术", G, 2, (24, 40), PROJECT),
    line("G07", "劳动教育", G, 2, (8, 24), PROJECT),
    line("G08", "职业发展与就业指导", G, 4, (24, 14), CASE),
)


def own_courses(word: str) -> tuple[DemoCourse, ...]:
    """The professional part of a programme called by its word."""
    return (
        line("Z01", f"{word}专业基础", P, 1, (64, 32), LECTURE, CASE),
        line("Z02", f"{word}岗位认知", R, 1, (4, 26), WORK, weeks=0),
        line("Z03", f"{word}核心技术（一）", P, 2, (48, 60), PROJECT),
        line("Z04", f"{word}核心技术（二）", P, 3, (48, 60), PROJECT),
        line("Z05", f"{word}安全与质量", P, 3, (32, 16), CASE),
        line("Z06", f"{word}综合项目", R, 4, (12, 108), PROJECT, WORK),
        line("Z07", f"{word}数字化应用", P, 4, (32, 48), PROJECT),
        line("S01", f"{word}认识实习", N, 2, (0, 60), WORK, weeks=2),
        line("S02", f"{word}岗位实习", N, 5, (0, 600), WORK, weeks=24),
    )


def courses_for(word: str, *, is_short: bool) -> list[DemoCourse]:
    """A whole table; ``is_short`` leaves practice below a half, so that a gap shows."""
    rows = [*GENERAL_COURSES, *own_courses(word)]
    if not is_short:
        return rows
    kept = [row for row in rows if row.code not in ("S02", "Z06", "Z07")]
    return [
        *kept,
        line("Z08", f"{word}专业理论", P, 4, (160, 16), LECTURE),
        line("S02", f"{word}岗位实习", N, 5, (0, 180), WORK, weeks=12),
    ]


STANDARDS = (
    ("talent", "数控技术专业人才培养标准", "2021:460103", "数控"),
    ("occupation", "多轴数控操作岗位能力标准", None, "数控"),
    ("talent", "机电一体化技术专业人才培养标准", "2021:460301", "机电"),
    ("industry", "新能源汽车电驱维护技术规范", None, "新能源"),
    ("occupation", "软件测试岗位能力标准", None, "软件"),
    ("talent", "护理专业人才培养标准", "2021:520201", "护理"),
    ("training", "老年照护实习实训标准", None, "护理"),
    ("course", "智能物流仓储课程标准", None, "物流"),
    ("skill", "食品检验技能评价标准", None, "食品"),
    ("teaching", "专业教师教学能力标准", None, ""),
)
ACTIVITIES = {
    "planning": ("参加专业建设研讨，核对岗位需求", "专业调研报告"),
    "training_plan": ("共同审议人才培养方案和课程设置", "方案修订意见"),
    "textbook": ("合编活页式教材一章", "教材章节初稿"),
    "teaching_design": ("把生产任务改写为教学项目", "项目任务书"),
    "course": ("企业技师到校授课", "授课记录"),
    "practice": ("接收学生到车间实训", "实训鉴定表"),
    "teacher": ("接收教师到企业实践", "教师实践鉴定"),
    "assessment": ("担任技能考核评委", "考核评分表"),
}
