"""Labels of education groups and alliances, their members and councils."""

from __future__ import annotations

from django.db import models


class GroupKind(models.TextChoices):
    """What a group is (集团联盟类别)."""

    EDUCATION_GROUP = "education_group", "职业教育集团"
    ALLIANCE = "alliance", "产教融合联盟"
    INDUSTRY_COMMUNITY = "community", "行业产教融合共同体"
    CITY_CONSORTIUM = "consortium", "市域产教联合体"


class GroupLevel(models.TextChoices):
    """The level at which a group was formed (层级)."""

    CITY = "city", "市级"
    PROVINCE = "province", "省级"
    NATION = "nation", "国家级"


class GroupState(models.TextChoices):
    """The life of a group (集团联盟状态)."""

    PREPARING = "preparing", "筹建"
    RUNNING = "running", "运行"
    SUSPENDED = "suspended", "暂停"
    DISSOLVED = "dissolved", "解散"


PUBLIC_GROUP_STATES = frozenset(GroupState) - {GroupState.PREPARING}
LIVING_GROUP_STATES = frozenset(GroupState) - {GroupState.DISSOLVED}


class DesignationKind(models.TextChoices):
    """By what name an authority distinguished a group (认定名称)."""

    DEMONSTRATION = "demonstration", "示范"
    KEY = "key", "骨干"
    PILOT = "pilot", "培育"


class MemberKind(models.TextChoices):
    """What kind of member an organisation is (成员类别)."""

    ENTERPRISE = "enterprise", "企业"
    SECONDARY = "secondary", "中等职业学校"
    COLLEGE = "college", "高等职业学校"
    UNIVERSITY = "university", "普通高校"
    INSTITUTE = "institute", "科研机构"
    ASSOCIATION = "association", "行业组织"
    GOVERNMENT = "government", "政府部门"
    PARK = "park", "产业园区"
    OTHER = "other", "其他"


class MemberState(models.TextChoices):
    """How an organisation stands to a group (成员状态)."""

    APPLIED = "applied", "申请加入"
    INVITED = "invited", "待本单位确认"
    ACTIVE = "active", "成员"
    REFUSED = "refused", "未加入"
    LEFT = "left", "已退出"


PRESENT_MEMBER_STATES = frozenset({MemberState.APPLIED, MemberState.INVITED, MemberState.ACTIVE})


class CouncilRole(models.TextChoices):
    """The part in a council (理事会职务)."""

    CHAIR = "chair", "理事长"
    DEPUTY = "deputy", "副理事长"
    SECRETARY = "secretary", "秘书长"
    STANDING = "standing", "常务理事"
    DIRECTOR = "director", "理事"
    SUPERVISOR = "supervisor", "监事"


class GroupListKind(models.TextChoices):
    """The lists that a group publishes (联合体清单).

    Basis: 教职成厅函〔2024〕20号, three lists; the five elements 专业、课程、教材、师资、实习实训
    are published as two more.
    """

    PRODUCTS = "products", "核心产品清单"
    TECHNOLOGY = "technology", "技术需求清单"
    TALENT = "talent", "人才需求清单"
    TEACHING = "teaching", "专业课程教材清单"
    RESOURCES = "resources", "师资和实习实训清单"


class EditionState(models.TextChoices):
    DRAFT = "draft", "拟定"
    PUBLISHED = "published", "已公布"


SCHOOL_KINDS = frozenset({MemberKind.SECONDARY, MemberKind.COLLEGE})
