"""Names of public bodies: level prefix, stem, and the function behind the name (机构名称).

The alias table is data: `body_names.json`. A name is known when it ends in a stem of the
table or has the shape of a generic body (有关部门, 各县人民政府).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

_LEVEL = r"自治区|自治州|自治县|新区|兵团|师市|省|市|区|县|州|旗|盟"
_PREFIX = re.compile(
    rf"(?P<level>{_LEVEL})(?:级|直)?(?P<organ>委|政府|人民政府|人民政府国有资产|政府办)?"
)
_PLACED = re.compile(rf"[\u4e00-\u9fa5]{{2,8}}?(?:{_LEVEL})(?=[\u4e00-\u9fa5])")
_ORGAN_END = re.compile(r"(?:局|委|厅|办|委员会|办公室|中心|社|会|(?:组织|宣传|统战|工作)部)$")
_MINISTRY = re.compile(r"^(?!组织|宣传|统战|社会工作).{2,}(?:部|署)$")
_OFFICE_END = re.compile(r".{2,}(?:局|委|厅|办)$")
_VERTICAL_END = re.compile(
    r"(?:分局|支局|海事局|铁路局|监管局|监管办|专员办|地震局|民航局|管理局)$"
)
_FIXED_START = re.compile(
    r"各|有关|相关|其他|国家|国务院|中[国央铁科建交石电]|全国|团|人民银行|人行|驻|在|开发区"
    r"|高新|经开|经济技术|经济开发|示范区|新区|银保监|金融监管|国网|责任|市直|省直|区直|县直|属地"
)
BODY_END = re.compile(
    r"(?:局|委|办|室|厅|部|署|院|会|府|校|所|站|队|社|行|处|司|学|中心|公司|集团|企业|机构|单位|部门|组织"
    r"|小组|工作组|专班|指挥部|团|盟|园|镇|乡|县|区|市|州|办事处|街道|地区|法院|海关|基地|平台"
    r"|组|馆|台|银行|联社|联|协)"
    r"(?:[（(][^（）()]*[）)])?$"
)

_GENERIC_SHAPES = (
    ("人民银行", r"(?:中国)?(?:人民银行|人行)"),
    ("银保监", r".*(?:银保监|金融监管总局|金融监督管理总局|金融监管[分支]局)"),
    ("证监", r".*证监局"),
    ("海关", r".*海关$"),
    ("园区管委会", r".*(?:管委会|管理委员会|园区|开发区|示范区|高新区|经开区)$"),
    ("行业主管部门(泛称)", r".*(?:行业|业务|产业)(?:行政)?(?:主管|管理)(?:部门|单位)$"),
    ("共青团", r"(?:共青团|团)[\u4e00-\u9fa5]{0,6}[省市区县州]委(?:员会)?$"),
    ("下级政府", r"(?:试点|示范|有关|相关|所在)(?:城市|地区)(?:人民)?政府$"),
    ("本级政府", r"(?:[\u4e00-\u9fa5]{2,6})?[省市区县州](?:委|人民政府|政府)$|国务院$"),
    (
        "下级政府",
        r"(?:各|有关|相关).*(?:政府|办事处|街道|镇街|乡镇|[市区县州旗])(?:[（(].*[）)])?$",
    ),
    ("下级政府", r".{2,}[市区县州旗镇乡](?:人民)?政府$|.*街道办事处$|.*行政公署$"),
    ("试点主体", r"(?:试点|承担[\u4e00-\u9fa5]{2,8}的)(?:城市|联盟|行业|企业|地区)$|联盟$|行业$"),
    ("下级政府", r".*地方政府$"),
    ("下级政府", r"(?:属地|地市级|市级|县级|省级|各级)政府$"),
    ("有关部门(泛称)", r".*(?:有关|相关|各|其他|[省市区县]直).*(?:部门|单位|地方)$"),
    ("有关部门(泛称)", r".*部门$|.*成员单位$"),
    ("行业协会(泛称)", r".*(?:协会|商会|学会|行业组织|协会（商会）|联合会)$"),
    ("院校", r".*(?:大学|学院|学校|职教中心|教育中心|技校|中学)$|.*(?:院校|高校).*"),
    ("科研院所", r".*(?:科研院所|研究院|研究所|科研机构|科研单位|实验室)$"),
    ("银行", r".*(?:银行|分行|支行|金融机构|信用社)$"),
    ("企业", r".*(?:企业|公司|集团)$"),
    ("议事协调机构", r".*(?:领导小组|工作组|专班|指挥部|联席会议|协调小组|委员会)(?:办公室)?$"),
)
_GENERIC = tuple((function, re.compile(shape)) for function, shape in _GENERIC_SHAPES)


@dataclass(frozen=True, slots=True)
class Body:
    """A body's name taken apart."""

    name: str
    level: str
    organ: str
    stem: str
    function: str | None
    in_table: bool

    @property
    def is_known(self) -> bool:
        """Whether the name is explained by the table or a generic shape."""
        return self.function is not None


@cache
def _table() -> dict[str, object]:
    source = Path(__file__).with_name("body_names.json").read_text(encoding="utf-8")
    loaded: dict[str, object] = json.loads(source)
    return loaded


@cache
def _stems() -> dict[str, str]:
    functions = _table()["functions"]
    assert isinstance(functions, dict)
    return {stem: function for function, stems in functions.items() for stem in stems}


@cache
def _party_organs() -> frozenset[str]:
    organs = _table()["party_organs"]
    assert isinstance(organs, list)
    return frozenset(organs)


@cache
def _vertical_functions() -> frozenset[str]:
    """Agencies that belong to no local government and take no level."""
    functions = _table()["vertical_functions"]
    assert isinstance(functions, list)
    return frozenset(functions)


@cache
def function_of(name: str, region: str | None, /) -> str | None:
    """The function behind a name, with the names that only one jurisdiction uses."""
    jurisdictions = _table()["jurisdictions"]
    assert isinstance(jurisdictions, dict)
    for place, functions in jurisdictions.items():
        if region and place in region:
            for function, stems in functions.items():
                if name.endswith(tuple(stems)):
                    return str(function)
    return identify(name).function


@lru_cache(maxsize=8192)
def identify(name: str) -> Body:
    """Take a body's name apart and name its function."""
    stems = _stems()
    for start in range(len(name)):
        stem = name[start:]
        if stem in stems and _is_prefix(name[:start]):
            return _body(name, start, stem, stems[stem])
    return _generic(name)


def _is_prefix(text: str) -> bool:
    """Whether what stands before a stem can be a level or place."""
    if not text:
        return True
    match = _PREFIX.fullmatch(text)
    return match is not None or bool(re.fullmatch(r"[\u4e00-\u9fa5]{2,12}", text))


def _body(name: str, start: int, stem: str, function: str) -> Body:
    match = _PREFIX.match(name[:start])
    is_level = match is not None and match.end() == start
    level = match["level"] if match and is_level else ""
    organ = (match["organ"] or "") if match and is_level else ""
    in_table = start == 0 or is_level or name[start - 1] in "省市区县州旗盟委府国会"
    return Body(name, level, organ, stem, function, in_table)


def _generic(name: str) -> Body:
    match = _PREFIX.match(name)
    level = match["level"] if match and len(name) > match.end() else ""
    for function, pattern in _GENERIC:
        if pattern.match(name):
            return Body(name, level, "", name, function, False)
    return Body(name, level, "", name, None, False)


def level_prefix(name: str) -> str | None:
    """The level a name carries for those after it (市 in 市发展改革委), or None."""
    body = identify(name)
    if not body.level or not _ORGAN_END.search(name):
        return None
    if not body.in_table and name.startswith(
        ("区域", "市场", "县域", "省际", "市域", "市民", "州际")
    ):
        return None
    return body.level


def with_prefix(*, name: str, level: str) -> str | None:
    """The full name of a body printed without the level of its neighbours, or None.

    A body whose name begins with a place, a generic word or a higher organ keeps its name.
    """
    body = identify(name)
    if body.level or not BODY_END.search(name):
        return None
    if body.function in _vertical_functions() or _MINISTRY.search(name):
        return None
    if body.stem == name and body.in_table:
        return f"{level}委{name}" if name in _party_organs() else f"{level}{name}"
    if _FIXED_START.match(name) or _PLACED.match(name) or _VERTICAL_END.search(name):
        return None
    is_merged = name.removesuffix(body.stem).endswith(("和", "与"))  # 工业信息化和科技局
    is_office = (body.function is None or is_merged) and len(name) <= 12
    is_office = is_office and bool(_OFFICE_END.search(name))
    return f"{level}{name}" if is_office else None


@lru_cache(maxsize=2048)
def readings_of(name: str) -> tuple[str, ...]:
    """Table names one character away from a damaged name, at the same level."""
    match = _PREFIX.match(name)
    head = match.group() if match else ""
    rest = name[len(head) :]
    found = {head + stem for stem in _stems() if _one_edit_apart(rest, stem)}
    return tuple(sorted(found - {name}))


def _one_edit_apart(short: str, long: str) -> bool:
    """Whether one string is the other with a single character dropped or added."""
    if abs(len(short) - len(long)) != 1:
        return False
    if len(short) > len(long):
        short, long = long, short
    common = 0
    while common < len(short) and short[common] == long[common]:
        common += 1
    return short[common:] == long[common + 1 :]
