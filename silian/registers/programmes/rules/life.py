"""Why a step in the life of a programme, plan or pathway is not possible."""

from __future__ import annotations


def reason_without_reason(*, reason: str) -> str | None:
    """A step that takes something from students needs its reason on record."""
    return None if reason.strip() else "请写明理由，理由会记入专业点的记录。"


def reason_not_closable(*, reason: str, studying: int) -> str | None:
    """Why a programme cannot be closed, or None (撤销专业点)."""
    if studying:
        return f"还有 {studying} 名学生在读，不能撤销。请先暂停招生，待学生毕业或转出后再办。"
    return reason_without_reason(reason=reason)


def reason_plan_not_ready(*, courses: int, goal: str) -> str | None:
    """Why a plan cannot be submitted, or None (提交审定)."""
    if not courses:
        return "方案里还没有课程。请先填写或导入课程表。"
    if not goal.strip():
        return "请先写明培养目标。"
    return None


def reason_plan_not_agreed(*, waiting: int, refused: int) -> str | None:
    """Why a plan cannot be approved, or None (审定方案)."""
    if refused:
        return f"{refused} 家共同编制的企业不同意。请退回修改，或与企业商定后重新提交。"
    if waiting:
        return f"还有 {waiting} 家共同编制的企业没有答复，答复同意后才能审定。"
    return None


def reason_version_not_ready(*, summary: str, authors: int) -> str | None:
    """Why a version of a standard cannot go to review, or None (送审)."""
    if not summary.strip():
        return "请先写明标准的主要内容。"
    if not authors:
        return "请先登记编制单位。"
    return None
