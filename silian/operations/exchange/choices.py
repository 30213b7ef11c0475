"""Labels of the exchange."""

from __future__ import annotations

from django.db import models


class Side(models.TextChoices):
    """Which side of the market a listing stands on (供需方向)."""

    DEMAND = "demand", "需求"
    SUPPLY = "supply", "供给"


class ListingState(models.TextChoices):
    DRAFT = "draft", "草稿"
    IN_REVIEW = "in_review", "待审核"
    RETURNED = "returned", "退回修改"
    PUBLISHED = "published", "已发布"
    PAUSED = "paused", "已暂停"
    FILLED = "filled", "已满额"
    EXPIRED = "expired", "已到期"
    WITHDRAWN = "withdrawn", "已撤回"


class Visibility(models.TextChoices):
    """Who may read a published listing (可见范围)."""

    PUBLIC = "public", "公开"
    MEMBERS = "members", "登录后可见"


class PauseCause(models.TextChoices):
    """Why a published listing stands still (暂停原因)."""

    OWNER = "owner", "发布单位暂停"
    UNCONFIRMED = "unconfirmed", "逾期未确认"
    ORGANISATION = "organisation", "发布单位被暂停"


class ListingSource(models.TextChoices):
    TYPED = "typed", "在线填写"
    IMPORTED = "imported", "批量导入"
    API = "api", "接口写入"


class NegotiationState(models.TextChoices):
    OPEN = "open", "待回应"
    TALKING = "talking", "洽谈中"
    INTENDED = "intended", "已达成意向"
    AGREED = "agreed", "已成交"
    REFUSED = "refused", "已婉拒"
    WITHDRAWN = "withdrawn", "已撤回"
    LAPSED = "lapsed", "逾期未回应"


class DealState(models.TextChoices):
    RUNNING = "running", "履行中"
    COMPLETED = "completed", "已完成"
    BROKEN_OFF = "broken_off", "已中止"


class UnmetDemandState(models.TextChoices):
    PROPOSED = "proposed", "待核实"
    OPEN = "open", "待承接"
    TAKEN_UP = "taken_up", "已有承接"
    MET = "met", "已满足"
    REFUSED = "refused", "未通过核实"
    WITHDRAWN = "withdrawn", "已撤回"


class TeamSeatState(models.TextChoices):
    INVITED = "invited", "待答复"
    JOINED = "joined", "已加入"
    DECLINED = "declined", "未参加"
