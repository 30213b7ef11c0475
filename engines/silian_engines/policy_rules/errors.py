"""Refusals of the engine, each a Chinese sentence for the user."""

from __future__ import annotations


class PolicyRuleError(Exception):
    """A request that the rulebook cannot answer (无法按规则办理)."""


class UnknownRule(PolicyRuleError):
    """No such rule, or none in this place on this day (没有这项规则)."""


class FactsRefused(PolicyRuleError):
    """Facts that are missing, unknown or unreadable (事实不完整); all are named."""


class RulebookFault(PolicyRuleError):
    """A rulebook file that contradicts itself (规则文件有误)."""
