"""Labels of programmes, plans and classes."""

from __future__ import annotations

from django.db import models


class ProgrammeStage(models.TextChoices):
    """Where a programme stands (专业点建设阶段)."""

    PLANNED = "planned", "筹建"
    RUNNING = "running", "在办"
    PAUSED = "paused", "暂停招生"
    CLOSED = "closed", "已撤销"


class MemberState(models.TextChoices):
    """What became of a student of a class (学籍状态)."""

    STUDYING = "studying", "在读"
    ON_LEAVE = "on_leave", "休学"
    GRADUATED = "graduated", "毕业"
    LEFT = "left", "离校"


class ConstructionCategory(models.TextChoices):
    """As what a programme is being built up (专业建设类别). Basis: S15."""

    BACKBONE_GROUP = "backbone_group", "骨干专业群"
    CITY_BACKBONE = "city_backbone", "市级骨干专业"
    CITY_FEATURED = "city_featured", "市级特色示范专业"
    SCARCE_FEATURED = "scarce_featured", "产业急需紧缺骨干特色专业（点）"
    APPRENTICESHIP = "apprenticeship", "现代学徒制专业（点）"
    INTEGRATED = "integrated", "产教融合学科专业点"
    KEY_GROUP = "key_group", "重点建设专业集群"
    TECHNICIAN_MODEL = "technician_model", "技工院校示范性专业"
    DOUBLE_HIGH = "double_high", "品牌示范、特色院校或“双高计划”专业"


class ConstructionLevel(models.TextChoices):
    """Who set a construction project up (建设级别)."""

    NATION = "nation", "国家级"
    PROVINCE = "province", "省级"
    CITY = "city", "市级"
    COUNTY = "county", "县级"
    SCHOOL = "school", "校级"


class ConstructionStage(models.TextChoices):
    """Where a construction project stands (建设阶段)."""

    APPROVED = "approved", "立项"
    BUILDING = "building", "建设"
    ACCEPTED = "accepted", "验收通过"
    ENDED = "ended", "终止"


class IntegrationForm(models.TextChoices):
    """The chosen form of joint education of a programme (产教融合形式). Basis: 一（二）3."""

    ORDER = "order", "订单培养"
    APPRENTICESHIP = "apprenticeship", "现代学徒制"
    JOINT_BASE = "joint_base", "共建实训基地"
    JOINT_COLLEGE = "joint_college", "产业学院"
    SCHOOL_IN_FACTORY = "school_in_factory", "厂中校或校中厂"
    TASKS = "tasks", "任务式培养"
    JOINT_COURSES = "joint_courses", "共建课程与教材"


class PlanState(models.TextChoices):
    """Where a version of a talent-training plan stands (培养方案状态)."""

    DRAFT = "draft", "起草中"
    SUBMITTED = "submitted", "待企业同意与学校审定"
    APPROVED = "approved", "现行"
    SUPERSEDED = "superseded", "已被替代"


class CourseKind(models.TextChoices):
    """What a line of a training plan is (课程类别)."""

    GENERAL = "general", "公共基础"
    PROFESSIONAL = "professional", "专业"
    PRACTICE = "practice", "实践"
    INTERNSHIP = "internship", "实习"


class TeachingMode(models.TextChoices):
    """How a course is taught (教学方式). Basis: S28."""

    PROJECT = "project", "项目教学"
    CASE = "case", "案例教学"
    WORK_PROCESS = "work_process", "工作过程导向教学"
    TASK = "task", "任务式教学"
    LECTURE = "lecture", "讲授"


class ConsentState(models.TextChoices):
    """What a co-author said to a plan (企业意见)."""

    ASKED = "asked", "待同意"
    AGREED = "agreed", "已同意"
    REFUSED = "refused", "不同意"


class StandardKind(models.TextChoices):
    """The kinds of standard that plans are written by (标准类别). Basis: S28."""

    TALENT = "talent", "专业人才培养标准"
    TEACHING = "teaching", "专业教师教学能力标准"
    OCCUPATION = "occupation", "职业（岗位）能力标准"
    INDUSTRY = "industry", "行业技术规范"
    PROGRAMME = "programme", "专业能力标准"
    COURSE = "course", "技术课程标准"
    TRAINING = "training", "实习实训标准"
    SKILL = "skill", "技能评价标准"


class VersionState(models.TextChoices):
    """Where a version of a standard stands (标准版本状态)."""

    DRAFT = "draft", "起草中"
    IN_REVIEW = "in_review", "待评审"
    IN_FORCE = "in_force", "现行"
    REPLACED = "replaced", "已被替代"
    WITHDRAWN = "withdrawn", "已废止"


class WorkKind(models.TextChoices):
    """What school and enterprise made together (共建成果)."""

    TEXTBOOK = "textbook", "共编教材"
    COURSE = "course", "共设工学结合一体化课程"
    SYLLABUS = "syllabus", "共编课程大纲"
    RENEWAL = "renewal", "教学内容智能化改造"


class ParticipationStage(models.TextChoices):
    """The stages of teaching that enterprises take part in (参与环节). Basis: S19."""

    PLANNING = "planning", "专业规划"
    TRAINING_PLAN = "training_plan", "人才培养方案"
    TEXTBOOK = "textbook", "教材开发"
    TEACHING_DESIGN = "teaching_design", "教学设计"
    COURSE = "course", "课程设置与教学"
    PRACTICE = "practice", "实习实训"
    TEACHER = "teacher", "师培师训"
    ASSESSMENT = "assessment", "考核评价"


class ModuleForm(models.TextChoices):
    """Where a task from real production is taught (任务模块形式). Basis: S19."""

    OUTSOURCING = "outsourcing", "服务外包"
    MAKER_SPACE = "maker_space", "创客空间"
    WORKSHOP = "workshop", "工作坊"
    PRODUCTION = "production", "生产任务"


class PathwayKind(models.TextChoices):
    """How students enter or go on (招生与贯通方式). Basis: S17."""

    CLASSIFIED = "classified", "分类招考"
    JOINT_EXAM = "joint_exam", "院校联合考试招生"
    SECONDARY_TO_COLLEGE = "secondary_to_college", "中高职贯通（3+2）"
    SECONDARY_TO_BACHELOR = "secondary_to_bachelor", "中职本科贯通（3+4）"
    COLLEGE_TO_BACHELOR = "college_to_bachelor", "专升本"
    EXPERIENCED = "experienced", "招收有工作实践经历人员"
    WORK_STUDY = "work_study", "企业职工工学交替学历提升"
    JOINT_RECRUITMENT = "joint_recruitment", "校企共招"
    ORDINARY = "ordinary", "统一招生"


WITH_PARTNER_SCHOOL = frozenset(
    {
        PathwayKind.JOINT_EXAM,
        PathwayKind.SECONDARY_TO_COLLEGE,
        PathwayKind.SECONDARY_TO_BACHELOR,
        PathwayKind.COLLEGE_TO_BACHELOR,
    }
)


class PathwayState(models.TextChoices):
    """Where a pathway stands (贯通项目状态)."""

    PROPOSED = "proposed", "待对方学校确认"
    RUNNING = "running", "在办"
    ENDED = "ended", "已结束"


class RosterMode(models.TextChoices):
    """What happens to good rows when others are bad (导入方式)."""

    ALL = "all", "全部无误才导入"
    GOOD_ROWS = "good_rows", "只导入无误的行"


class RosterState(models.TextChoices):
    """Where an import of a student roster stands (名单导入状态)."""

    UPLOADED = "uploaded", "待检查"
    CHECKED = "checked", "已检查"
    RUNNING = "running", "导入中"
    DONE = "done", "已导入"
    REFUSED = "refused", "未导入"


STAGE_TONES: dict[str, str] = {
    ProgrammeStage.PLANNED: "open",
    ProgrammeStage.RUNNING: "ok",
    ProgrammeStage.PAUSED: "watch",
    ProgrammeStage.CLOSED: "unset",
}
PLAN_TONES: dict[str, str] = {
    PlanState.DRAFT: "open",
    PlanState.SUBMITTED: "info",
    PlanState.APPROVED: "ok",
    PlanState.SUPERSEDED: "unset",
}
VERSION_TONES: dict[str, str] = {
    VersionState.DRAFT: "open",
    VersionState.IN_REVIEW: "info",
    VersionState.IN_FORCE: "ok",
    VersionState.REPLACED: "unset",
    VersionState.WITHDRAWN: "unset",
}
CONSENT_TONES: dict[str, str] = {
    ConsentState.ASKED: "info",
    ConsentState.AGREED: "ok",
    ConsentState.REFUSED: "late",
}
"""How states are coloured; the words stand beside them."""
