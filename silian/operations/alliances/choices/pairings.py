"""Labels of industrial zones, their partner schools, and help between places."""

from __future__ import annotations

from django.db import models


class ZoneLevel(models.TextChoices):
    """Who set a zone up (集聚区级别); empty where nobody said so."""

    NATIONAL = "national", "国家级"
    PROVINCIAL = "provincial", "省级"
    MUNICIPAL = "municipal", "市县级"


class PairingKind(models.TextChoices):
    """Who is paired with whom (结对类别)."""

    ZONE_SCHOOL = "zone_school", "集聚区与院校对口合作"
    COUNTY_AID = "county_aid", "结对帮扶"
    COUNTERPART = "counterpart", "对口支援"


class PairingState(models.TextChoices):
    """The life of a pairing (结对状态)."""

    PROPOSED = "proposed", "待确认"
    RUNNING = "running", "实施中"
    RETURNED = "returned", "已退回"
    ENDED = "ended", "已结束"


PUBLIC_PAIRINGS = frozenset({PairingState.RUNNING, PairingState.ENDED})
PAIRING_TONES = {
    PairingState.PROPOSED: "open",
    PairingState.RUNNING: "ok",
    PairingState.RETURNED: "watch",
    PairingState.ENDED: "unset",
}


class Cover(models.TextChoices):
    """How a zone stands against the number of partner schools asked of it (覆盖情况)."""

    MET = "met", "已覆盖"
    GAP = "gap", "差距"
    UNSET = "unset", "标准未设定"


COVER_TONES = {Cover.MET: "ok", Cover.GAP: "watch", Cover.UNSET: "unset"}
