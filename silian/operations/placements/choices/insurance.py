"""Labels of insurance."""

from __future__ import annotations

from django.db import models


class InsuranceKind(models.TextChoices):
    """What a policy covers (险种). Basis: the four kinds that the policies name (S24)."""

    LIABILITY = "liability", "学生实习责任保险"
    ACCIDENT = "accident", "人身意外伤害保险"
    MODERN_APPRENTICE = "modern", "现代学徒制保险"
    ENTERPRISE_APPRENTICE = "enterprise", "企业新型学徒制保险"


class ProductState(models.TextChoices):
    """Where an insurance product stands (保险产品状态)."""

    DRAFT = "draft", "草稿"
    PUBLISHED = "published", "已公布"
    WITHDRAWN = "withdrawn", "已停售"


class PremiumPayer(models.TextChoices):
    """Who pays the premium (保费由谁承担). The last two are unlawful and refused with the rule."""

    SCHOOL = "school", "学校"
    HOST = "host", "实习单位"
    STUDENT = "student", "学生"
    PAY = "pay", "从实习报酬中扣除"


LAWFUL_PAYERS = frozenset({PremiumPayer.SCHOOL, PremiumPayer.HOST})
"""Basis: 教职成〔2021〕4号: the premium is neither charged to the student nor deducted."""


class PolicyState(models.TextChoices):
    """Where an insurance policy stands (保单状态)."""

    IN_FORCE = "in_force", "有效"
    CANCELLED = "cancelled", "已退保"


class ClaimState(models.TextChoices):
    """Where an insurance claim stands (理赔状态)."""

    REPORTED = "reported", "已报案"
    ACCEPTED = "accepted", "同意赔付"
    REJECTED = "rejected", "拒绝赔付"
    PAID = "paid", "已赔付"
    SETTLED = "settled", "已了结"
    WITHDRAWN = "withdrawn", "已撤回"
