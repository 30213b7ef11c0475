"""Labels of the classification catalogues."""

from __future__ import annotations

from django.db import models


class Catalogue(models.TextChoices):
    """The kinds of classification that are kept by edition (分类目录)."""

    DIVISION = "division", "行政区划"
    INDUSTRY = "industry", "国民经济行业"
    OCCUPATION = "occupation", "职业"
    MAJOR = "major", "专业"


LEVEL_NAMES: dict[str, tuple[str, ...]] = {
    Catalogue.DIVISION: ("省级", "地级", "县级"),
    Catalogue.INDUSTRY: ("门类", "大类", "中类", "小类"),
    Catalogue.OCCUPATION: ("大类", "中类", "小类", "职业"),
    Catalogue.MAJOR: ("专业大类", "专业类", "专业"),
}


class DivisionKind(models.TextChoices):
    """Where a division code comes from (区划性质)."""

    REGULAR = "regular", "行政区划"
    STATISTICAL = "statistical", "统计用区划"
    FILLER = "filler", "汇总占位"
    DEMONSTRATION = "demonstration", "演示区划"


class EducationLevel(models.TextChoices):
    """The level of schooling that a major or a post belongs to (学历层次)."""

    SECONDARY = "secondary", "中等职业教育"
    COLLEGE = "college", "高等职业教育专科"
    BACHELOR = "bachelor", "高等职业教育本科"
    ACADEMIC = "academic", "普通本科"
    GRADUATE = "graduate", "研究生教育"

    @property
    def ordinal(self) -> int:
        """Higher is more schooling; the two kinds of bachelor stand side by side."""
        return {"secondary": 1, "college": 2, "bachelor": 3, "academic": 3, "graduate": 4}[
            self.value
        ]


class SchoolKind(models.TextChoices):
    """Kinds of school (院校类型)."""

    SECONDARY = "secondary", "中等职业学校"
    TECHNICAL = "technical", "技工院校"
    COLLEGE = "college", "高等职业学校（专科）"
    VOCATIONAL_UNIVERSITY = "vocational_university", "职业本科学校"
    APPLIED_UNIVERSITY = "applied_university", "应用型本科高校"
    UNIVERSITY = "university", "普通本科高校"


class SkillLevel(models.TextChoices):
    """Skill levels of the new eight-level system (职业技能等级), lowest first.

    Labels run backwards (五级 is the lowest certificate), so compare ``ordinal``, never labels.
    Basis: 《关于健全完善新时代技能人才职业技能等级制度的意见（试行）》（人社部发〔2022〕14号）.
    """

    APPRENTICE = "apprentice", "学徒工"
    JUNIOR = "junior", "初级工（五级）"
    INTERMEDIATE = "intermediate", "中级工（四级）"
    SENIOR = "senior", "高级工（三级）"
    TECHNICIAN = "technician", "技师（二级）"
    SENIOR_TECHNICIAN = "senior_technician", "高级技师（一级）"
    SPECIAL_TECHNICIAN = "special_technician", "特级技师"
    CHIEF_TECHNICIAN = "chief_technician", "首席技师"

    @property
    def ordinal(self) -> int:
        """0 for an apprentice, rising with skill."""
        return list(SkillLevel).index(self)


class ChangeKind(models.TextChoices):
    """What a dated change did to an entry (变更类型)."""

    ADDED = "added", "新增"
    RENAMED = "renamed", "更名"
    ENDED = "ended", "停用"


class CrosswalkBasis(models.TextChoices):
    """On what a link between two catalogues rests (对应依据)."""

    DIVISION_CHANGE = "division_change", "区划变更批复"
    SCHOOL_REPORT = "school_report", "学校填报"
    EXPERT_REVIEW = "expert_review", "专家评议"
    OFFICIAL = "official", "官方对照表"


class Confidence(models.TextChoices):
    """How far a crosswalk link may be trusted (可信程度)."""

    CERTAIN = "certain", "确定"
    LIKELY = "likely", "较可信"
    TENTATIVE = "tentative", "待核实"


class Sector(models.IntegerChoices):
    """The three sectors of the economy (三次产业)."""

    PRIMARY = 1, "第一产业"
    SECONDARY = 2, "第二产业"
    TERTIARY = 3, "第三产业"


class UploadState(models.TextChoices):
    """The life of an uploaded catalogue file (目录文件状态)."""

    PENDING = "pending", "待确认"
    LOADED = "loaded", "已载入"
    DISCARDED = "discarded", "已放弃"
