"""Labels of the project pipeline."""

from __future__ import annotations

from django.db import models


class ProjectKind(models.TextChoices):
    """What a project builds (建设类别)."""

    TRAINING_BASE = "training_base", "产教融合实训基地"
    PRACTICE_BASE = "practice_base", "实验实习实训基地"
    TEACHING_FACILITY = "teaching_facility", "教学科研设施"
    PARK = "park", "产教融合园区"
    OTHER = "other", "其他"


class ProjectStage(models.TextChoices):
    """How far a project has come (项目环节)."""

    IDEA = "idea", "谋划"
    RESERVE = "reserve", "储备"
    APPLICATION = "application", "申报"
    LIBRARY = "library", "入库"
    CONSTRUCTION = "construction", "建设"
    ACCEPTANCE = "acceptance", "验收"
    IN_USE = "in_use", "投用"
    STOPPED = "stopped", "已终止"


STAGE_TONES = {
    ProjectStage.IDEA: "unset",
    ProjectStage.RESERVE: "open",
    ProjectStage.APPLICATION: "info",
    ProjectStage.LIBRARY: "info",
    ProjectStage.CONSTRUCTION: "info",
    ProjectStage.ACCEPTANCE: "watch",
    ProjectStage.IN_USE: "ok",
    ProjectStage.STOPPED: "unset",
}
EARLY_STAGES = frozenset({ProjectStage.IDEA, ProjectStage.RESERVE, ProjectStage.APPLICATION})
BUILDING_STAGES = frozenset({ProjectStage.CONSTRUCTION, ProjectStage.ACCEPTANCE})
ENDED_STAGES = frozenset({ProjectStage.IN_USE, ProjectStage.STOPPED})
PUBLIC_STAGES = BUILDING_STAGES | {ProjectStage.IN_USE}


class LibraryLevel(models.TextChoices):
    """Whose library of projects took the project in (入库层级)."""

    PROVINCIAL = "provincial", "省级项目库"
    NATIONAL = "national", "国家级项目库"


class StepState(models.TextChoices):
    """Where a proposal to go one stage further stands (环节办理状态)."""

    PROPOSED = "proposed", "待审定"
    AGREED = "agreed", "已同意"
    RETURNED = "returned", "已退回"


STEP_TONES = {
    StepState.PROPOSED: "info",
    StepState.AGREED: "ok",
    StepState.RETURNED: "watch",
}


class FundSource(models.TextChoices):
    """Where the money of a project comes from (资金来源), in the order of the official forms."""

    CENTRAL_BUDGET = "central_budget", "中央预算内投资"
    PROVINCIAL_BUDGET = "provincial_budget", "省预算内投资"
    SPECIAL = "special", "专项资金"
    AWARD = "award", "以奖代补"
    LOCAL = "local", "地方财政"
    ENTERPRISE = "enterprise", "企业投入"
    LOAN = "loan", "银行贷款"
    SOCIAL = "social", "社会资本"
    SCHOOL = "school", "学校自筹"


OBTAINED_SOURCES = (
    FundSource.CENTRAL_BUDGET,
    FundSource.PROVINCIAL_BUDGET,
    FundSource.SPECIAL,
    FundSource.AWARD,
)  # the money that S62 calls 资金申报: what upper levels grant on application


class FundEntryKind(models.TextChoices):
    ALLOTTED = "allotted", "下达"
    PAID = "paid", "拨付"


class RewardKind(models.TextChoices):
    """Why a reward was granted (奖补方式)."""

    AWARD = "award", "以奖代补"
    DYNAMIC = "dynamic", "动态奖励"


class DelayCause(models.TextChoices):
    """Why a milestone slipped (滞后原因)."""

    LAND = "land", "用地手续"
    FUNDS = "funds", "资金未到位"
    PROCEDURE = "procedure", "审批手续"
    DESIGN = "design", "设计变更"
    CONTRACTOR = "contractor", "施工组织"
    SUPPLY = "supply", "设备采购"
    WEATHER = "weather", "天气或不可抗力"
    OTHER = "other", "其他"


class ImportMode(models.TextChoices):
    """What becomes of the good rows of a file with faults (导入方式)."""

    ALL_OR_NOTHING = "all", "有错就全部不导入"
    GOOD_ROWS = "good", "导入没有错的行"


class ProjectImportState(models.TextChoices):
    """The way of a file of projects into the pipeline (导入状态)."""

    CHECKED = "checked", "待确认"
    RUNNING = "running", "导入中"
    DONE = "done", "已导入"
    DROPPED = "dropped", "已放弃"


IMPORT_TONES = {
    ProjectImportState.CHECKED: "open",
    ProjectImportState.RUNNING: "open",
    ProjectImportState.DONE: "ok",
    ProjectImportState.DROPPED: "unset",
}
