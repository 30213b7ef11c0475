"""Registers how many interns a unit hosted with the review engine (实习数据登记)."""

from __future__ import annotations

from silian.casework.reviews.registry import register_fact, register_source
from silian.operations.placements.queries.hosting_record import (
    interns_hosted,
    interns_hosted_fact,
)

register_fact(
    code="placements.interns_hosted",
    label="实习登记：近三年接收实习人次",
    reader=interns_hosted_fact,
)
register_source(
    code="placements.interns_hosted",
    label="近三年接收实习人次",
    unit="人次",
    definition="近三年在本单位到岗、为期不少于三个月的实习人次，未到岗和已取消的不计",
    reader=interns_hosted,
)
