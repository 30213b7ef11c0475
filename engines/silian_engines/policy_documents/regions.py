"""Which jurisdiction a document belongs to, from the names it prints (行政区域与层级)."""

from __future__ import annotations

import re

_MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")
_PROVINCES = (
    "河北省|山西省|辽宁省|吉林省|黑龙江省|江苏省|浙江省|安徽省|福建省|江西省|山东省|河南省|湖北省|湖南省|广东省|海南省|"
    "四川省|贵州省|云南省|陕西省|甘肃省|青海省|台湾省|内蒙古自治区|广西壮族自治区|西藏自治区|宁夏回族自治区|"
    "新疆维吾尔自治区|北京市|天津市|上海市|重庆市"
)
_PROVINCE = re.compile(_PROVINCES)
_PLACE = re.compile(
    r"^(?P<place>[\u4e00-\u9fa5]{2,9}?(?:自治州|自治县|自治旗|地区|盟|省|市|区|县|旗))"
    r"(?=人民|政府|委|办|[\u4e00-\u9fa5]{2,}[局委厅]|职业|促进|关于|印发|深化|加快|推[进动]|支持|进一步|\d{4}年)"
)


def level_and_region(
    *, issuers: tuple[str, ...], title: str | None, opening: list[str]
) -> tuple[str | None, str | None]:
    """The administrative level and the region, as far as the names in the document say."""
    issuer = (issuers[0] if issuers else title or "").removeprefix("中共")
    province = _PROVINCE.match(issuer)
    rest = issuer[province.end() :] if province else issuer
    place = _PLACE.match(rest)
    if province:
        return _below_province(province.group(), place["place"] if place else None)
    if place is None:
        return ("国家", "全国") if issuer.startswith(("国务院", "国家", "教育部")) else (None, None)
    return _level_of(place["place"]), _province_named(opening) + place["place"]


def _below_province(province: str, place: str | None) -> tuple[str, str]:
    if province in _MUNICIPALITIES:
        return ("直辖市辖区" if place else "直辖市"), province + (place or "")
    return (_level_of(place) if place else "省级"), province + (place or "")


def _level_of(place: str) -> str:
    if place.endswith(("自治州", "地区", "盟")):
        return "地级"
    if place.endswith("省"):
        return "省级"
    return "地级市" if place.endswith("市") else "县级"


def _province_named(opening: list[str]) -> str:
    """The province whose document the preamble cites, or nothing."""
    for text in opening:
        match = re.search(rf"《(?P<p>{_PROVINCES})", text)
        if match:
            return match["p"]
    return ""
