"""What the platform offers to definitions: metrics, registers and facts (平台可用的数据)."""

from __future__ import annotations

from silian.casework.metrics.queries.catalogue import all_metrics
from silian.casework.reviews.registry import all_facts, all_sources
from silian.casework.reviews.rules.definition_faults import Known

Choices = list[tuple[str, str]]


def known_data() -> Known:
    """The codes that a definition may name."""
    return Known(
        metrics={metric.code for metric in all_metrics()},
        sources={source.code for source in all_sources()},
        facts={fact.code for fact in all_facts()},
    )


def metric_choices() -> Choices:
    rows = sorted(all_metrics(), key=lambda metric: metric.title)
    return [(metric.code, f"{metric.title}（{metric.unit}）") for metric in rows]


def source_choices() -> Choices:
    return [
        (source.code, f"{source.label}（{source.unit}）" if source.unit else source.label)
        for source in all_sources()
    ]


def fact_choices() -> Choices:
    return [(fact.code, fact.label) for fact in all_facts()]
