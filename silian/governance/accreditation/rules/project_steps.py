"""What each step of a project asks for: checklist, basis and clock (环节清单)."""

from __future__ import annotations

from dataclasses import dataclass

from silian.governance.accreditation.choices.projects import ProjectStage

RESERVE_LAW = "《政府投资条例》：通过项目库加强储备"
APPROVAL_LAW = "《政府投资条例》：项目建议书、可行性研究报告、初步设计"
FINISH_LAW = "《政府投资条例》：竣工验收和财务决算"
QUALITY_LAW = "《建设工程质量管理条例》：建设单位组织竣工验收"
PROGRAMME = "产教融合发展工程：项目谋划储备、申报、入库、建设、验收"


@dataclass(frozen=True, kw_only=True)
class StepDemand:
    """One step: the stage it leads to, what must be ticked, why, and until when it is decided.

    ``working_days`` is the platform's promise to applicants; no policy sets a number for it.
    """

    stage: ProjectStage
    verb: str
    checks: tuple[str, ...]
    basis: str
    working_days: int


DEMANDS: dict[ProjectStage, StepDemand] = {
    ProjectStage.RESERVE: StepDemand(
        stage=ProjectStage.RESERVE,
        verb="转储备",
        checks=("建设内容和规模已写明", "服务的重点产业链已对应", "选址已有初步意见"),
        basis=RESERVE_LAW,
        working_days=10,
    ),
    ProjectStage.APPLICATION: StepDemand(
        stage=ProjectStage.APPLICATION,
        verb="申报",
        checks=(
            "项目建议书或可行性研究报告已批复，或已备案",
            "用地预审或场地使用证明已取得",
            "资金筹措方案已定，配套资金有承诺文件",
            "校企合作协议已签署",
        ),
        basis=APPROVAL_LAW,
        working_days=20,
    ),
    ProjectStage.LIBRARY: StepDemand(
        stage=ProjectStage.LIBRARY,
        verb="入库",
        checks=("上级项目库已公布入库", "入库编号已核对"),
        basis=PROGRAMME,
        working_days=10,
    ),
    ProjectStage.CONSTRUCTION: StepDemand(
        stage=ProjectStage.CONSTRUCTION,
        verb="开工建设",
        checks=("初步设计和概算已批复", "施工许可或开工报告已办理", "首笔资金已下达"),
        basis=APPROVAL_LAW,
        working_days=10,
    ),
    ProjectStage.ACCEPTANCE: StepDemand(
        stage=ProjectStage.ACCEPTANCE,
        verb="验收",
        checks=("建设内容已按批复完成", "设备已安装调试", "竣工资料已归档"),
        basis=QUALITY_LAW,
        working_days=20,
    ),
    ProjectStage.IN_USE: StepDemand(
        stage=ProjectStage.IN_USE,
        verb="投用",
        checks=("验收意见已形成", "竣工财务决算已编制", "开放使用办法已公布"),
        basis=FINISH_LAW,
        working_days=20,
    ),
}
ORDER = tuple(DEMANDS)


def next_stage(stage: str) -> ProjectStage | None:
    """The stage that follows, or None at the end of the line (下一环节).

    >>> next_stage("idea"), next_stage("in_use")
    (ProjectStage.RESERVE, None)
    """
    if stage == ProjectStage.IDEA:
        return ORDER[0]
    if stage not in ORDER or stage == ORDER[-1]:
        return None
    return ORDER[ORDER.index(ProjectStage(stage)) + 1]


def reason_not_agreeable(*, unmet: int, is_own: bool) -> str | None:
    """Why a step may not be agreed to, or None."""
    if is_own:
        return "项目属于贵单位，按回避要求不能自己审定。请由上一级牵头部门审定。"
    if unmet:
        return f"清单还有 {unmet} 项未满足，不能同意。请退回并写明缺什么。"
    return None


def reason_not_finished(*, open_findings: int, completed_known: bool) -> str | None:
    """Why a project may not be put in use yet, or None."""
    if open_findings:
        return f"验收问题还有 {open_findings} 项未整改，不能投用。请先逐项整改并销号。"
    if not completed_known:
        return "还没有登记过完成投资，不能投用。请先登记投资进度。"
    return None
