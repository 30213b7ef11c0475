"""Decisions of the organisation register: codes, names, documents and who may grant what."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from stdnum.cn import uscc as social_credit_code
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError

from silian.foundation.kernel.actors import subtree_prefix
from silian.registers.organisations.choices import (
    ADMINISTRATOR_ROLES,
    DELEGABLE_ROLES,
    KINDS_WITHOUT_CODE,
    OFFICIAL_ROLES,
    REQUIRED_DOCUMENTS,
    DocumentKind,
    OrganisationKind,
    Role,
)

ORGANISATION_CODE_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
LEGAL_FORMS = re.compile(
    r"(有限责任公司|股份有限公司|集团有限公司|有限公司|股份公司|集团公司|集团|公司|总厂|分公司|厂)$"
)
BRACKETS = re.compile(r"[（(【\[].*?[）)】\]]")
NOT_LETTERS = re.compile(r"[\W_]+")
SIMILAR_FROM = 0.85  # one character in six or seven; tried on the names of the register
MOST_DELEGATION_DAYS = 180  # half a year covers a leave; longer is a change of role
KINDS_OF_ROLE: dict[Role, frozenset[OrganisationKind]] = {
    Role.TEACHER: frozenset({OrganisationKind.SCHOOL}),
    Role.STUDENT: frozenset({OrganisationKind.SCHOOL}),
    Role.MENTOR: frozenset({OrganisationKind.ENTERPRISE, OrganisationKind.INSTITUTE}),
    Role.COORDINATOR: frozenset({OrganisationKind.GOVERNMENT}),
    Role.REVIEWER: frozenset({OrganisationKind.GOVERNMENT}),
    Role.SYSTEM_ADMIN: frozenset({OrganisationKind.GOVERNMENT}),
    Role.SECURITY_ADMIN: frozenset({OrganisationKind.GOVERNMENT}),
    Role.AUDIT_ADMIN: frozenset({OrganisationKind.GOVERNMENT}),
}
MEMBER_ROLES = tuple(role for role in Role if role not in OFFICIAL_ROLES)


def compact_uscc(text: str) -> str:
    """The code without blanks and in capitals, as people paste it."""
    return social_credit_code.compact(text)


def reason_uscc_invalid(text: str) -> str | None:
    """Why this is no unified social credit code, or None (统一社会信用代码).

    Basis: GB 32100-2015.
    """
    code = compact_uscc(text)
    try:
        social_credit_code.validate(code)
    except InvalidLength:
        return f"统一社会信用代码应为 18 位，现在是 {len(code)} 位，请对照营业执照或法人证书核对。"
    except InvalidChecksum:
        return "统一社会信用代码的校验位不符（GB 32100-2015），多半有 1 位输错，请对照证照核对。"
    except ValidationError:
        return "统一社会信用代码含有不允许的字符（不使用 I、O、S、V、Z），请对照证照核对。"
    return None


def caution_about_code(text: str) -> str | None:
    """What a person should look at though the code as a whole is right, or None.

    The check of the digits 9 to 17 may fail for codes given before the standard was kept to, so
    it warns the applicant and the verifier and refuses nothing. Basis: GB 11714-1997.
    """
    code = compact_uscc(text)
    if not code or reason_uscc_invalid(code) or organisation_code_holds(code[8:17]):
        return None
    return "第 9 至 17 位主体标识码与 GB 11714 的校验位不符，请对照证照逐位核对。"


def organisation_code_holds(code: str) -> bool:
    """Whether the nine characters of an organisation code agree with the last of them.

    Basis: GB 11714-1997.
    """
    values = [int(character, 36) for character in code[:8]]
    total = sum(v * w for v, w in zip(values, ORGANISATION_CODE_WEIGHTS, strict=True))
    return code[8] == "0123456789X0"[11 - total % 11]


def reason_code_missing(*, kind: str, uscc: str) -> str | None:
    """Why an organisation of this kind may not go without a code, or None."""
    if uscc or kind in KINDS_WITHOUT_CODE:
        return None
    return "请填写 18 位统一社会信用代码，可在营业执照或法人证书上找到。"


def name_core(name: str) -> str:
    """What distinguishes a name: without brackets, legal form and punctuation (名称主干)."""
    bare = NOT_LETTERS.sub("", BRACKETS.sub("", name)).upper()
    return LEGAL_FORMS.sub("", bare) or bare


def names_are_similar(one: str, other: str) -> bool:
    """Whether two cores are so alike that a person should look twice."""
    if one == other:
        return True
    return SequenceMatcher(a=one, b=other, autojunk=False).ratio() >= SIMILAR_FROM


def pinyin_of(name: str) -> str:
    """The name as people type it: whole syllables, then initials."""
    from pypinyin import Style, lazy_pinyin  # its phrase table takes a quarter second to load

    whole = "".join(lazy_pinyin(name)).lower()
    initials = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()
    return f"{NOT_LETTERS.sub('', whole)} {NOT_LETTERS.sub('', initials)}"[:600]


def reason_not_submittable(*, documents: Iterable[str]) -> str | None:
    """Why the registration may not be submitted, or None (提交核验).

    Basis: 《人力资源市场暂行条例》第二十六条: the publisher checks the employer's papers.
    """
    given = set(documents)
    missing = [DocumentKind(kind).label for kind in REQUIRED_DOCUMENTS if kind not in given]
    if not missing:
        return None
    return f"还缺 {len(missing)} 份材料：{'、'.join(missing)}。请上传后再提交核验。"


def reason_not_said(*, reason: str) -> str | None:
    """A decision against somebody needs a reason that they can act on."""
    return None if reason.strip() else "请写明原因，对方会看到并据此处理。"


def reason_role_unfit(*, role: str, kind: str) -> str | None:
    """Why an organisation of this kind has no such role, or None."""
    kinds = KINDS_OF_ROLE.get(Role(role))
    if kinds is None or kind in kinds:
        return None
    allowed = "、".join(sorted(OrganisationKind(item).label for item in kinds))
    return f"“{Role(role).label}”只能在{allowed}中设置，请换一个角色。"


def grantable_roles(*, roles: Iterable[str], kind: str) -> list[Role]:
    """The roles that a holder of ``roles`` may give in an organisation of ``kind`` alone.

    Official roles are never given alone: they are proposed and confirmed (双人复核).
    """
    if Role.MANAGER not in set(roles):
        return []
    return [role for role in MEMBER_ROLES if reason_role_unfit(role=role, kind=kind) is None]


def reason_not_grantable(*, role: str, roles: Iterable[str], kind: str) -> str | None:
    """Why the holder of ``roles`` may not give ``role``, or None."""
    if role in OFFICIAL_ROLES:
        return (
            f"“{Role(role).label}”是政务角色，须由系统管理员提出、安全管理员复核，"
            "不能由单位直接授予。"
        )
    if Role.MANAGER not in set(roles):
        return "只有单位管理员可以授予角色，请联系贵单位的管理员。"
    return reason_role_unfit(role=role, kind=kind)


def reason_administrators_clash(*, held: Iterable[str], wanted: str) -> str | None:
    """Why ``wanted`` does not go with the roles held, or None (三员分立).

    Basis: GB/T 22239-2019 8.1.5.
    """
    if wanted not in ADMINISTRATOR_ROLES:
        return None
    clash = sorted(Role(role).label for role in set(held) & ADMINISTRATOR_ROLES)
    if not clash:
        return None
    return f"此人已是{'、'.join(clash)}，系统、安全、审计管理员不得由同一人兼任。请另选他人。"


def reason_not_delegable(
    *,
    role: str,
    is_delegated: bool,
    ends_on: datetime.date,
    today: datetime.date,
    delegate_roles: Iterable[str],
) -> str | None:
    """Why a role may not be acted in by this colleague until that day, or None (委托代办)."""
    if is_delegated:
        return "受托的角色不能再委托他人，请由委托人直接委托。"
    if role not in DELEGABLE_ROLES:
        return f"“{Role(role).label}”须本人履行，不能委托。"
    if ends_on <= today:
        return "委托的结束日须晚于今天。"
    if (ends_on - today).days > MOST_DELEGATION_DAYS:
        return f"一次委托最长 {MOST_DELEGATION_DAYS} 日，到期可以再委托。"
    if role in OFFICIAL_ROLES and not OFFICIAL_ROLES & set(delegate_roles):
        return "政务角色只能委托给本单位已有政务角色的同事，新增人员须由系统管理员提出。"
    return None


def reason_jurisdiction_unfit(*, role: str, jurisdiction: str, home: str) -> str | None:
    """Why an official role may not have this scope, or None (管辖范围).

    A reviewer or coordinator acts within the division of their own department.
    """
    if role in ADMINISTRATOR_ROLES:
        return None
    if not jurisdiction:
        return f"“{Role(role).label}”须有管辖范围，请选择行政区划。"
    if not jurisdiction.startswith(subtree_prefix(home)):
        return "管辖范围须在该部门所在的行政区划之内，请重新选择。"
    return None
