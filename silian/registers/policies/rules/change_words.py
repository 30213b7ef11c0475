"""A correction in words: what stood before, what stands now (更正前后)."""

from __future__ import annotations

from typing import Any

FIELDS = {
    "heading": "标题",
    "number": "序号",
    "path": "上级标题",
    "is_task": "生成任务",
    "due_on": "办结期限",
    "title": "名称",
    "low": "数值",
    "high": "上限",
    "unit": "单位",
    "comparator": "比较方式",
    "force": "强制程度",
    "deadline_on": "期限",
    "repeats": "与其他指标相同",
}
NOTHING = "无"


def change_words(detail: dict[str, Any]) -> str:
    """Before and after of a correction, field by field; empty where nothing was compared."""
    before, after = detail.get("before"), detail.get("after")
    if isinstance(after, dict):
        old = before if isinstance(before, dict) else {}
        fields = [name for name in {**old, **after} if name in FIELDS]
        return "；".join(
            f"{FIELDS[name]}：{shown(old.get(name))} → {shown(after.get(name))}" for name in fields
        )
    if before is None and after is None:
        return ""
    return f"{shown(before)} → {shown(after)}"


def shown(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(str(each) for each in value) or NOTHING
    return NOTHING if value in (None, "") else str(value)
