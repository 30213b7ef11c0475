"""What the pages of learning share: the lists that they belong to, and words of a search."""

from __future__ import annotations

CALLS = ("经费报告通知", "learning:call_list")
RETURNS = ("经费报告核对", "learning:return_list")
COLLECTIONS = ("依法收取", "learning:collection_list")
OWN = ("本单位经费报告", "learning:own")


def typed(text: str) -> str:
    """What was typed into a search line, without what a database cannot take."""
    return text.replace("\x00", "")[:60]


COMPETITIONS = ("技能竞赛", "learning:competition_calendar")
PROMOTIONS = ("技能等级提升", "learning:promotion_list")
AWARDS = ("奖补名单", "learning:award_list_list")
STANDARDS = ("奖补标准", "learning:standards")
MINE = ("我的技能", "learning:my_skills")
