"""Places as people write them (地区解析): 上海-浦东新区, 440100 天河路490号, 昆山, 异地招聘."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Region:
    """A division (行政区划); `unplaced` for 异地招聘 and other work without a fixed place."""

    code: str | None = None
    name: str = ""
    unplaced: bool = False
    rest: str = ""
    problem: str | None = None


_UNPLACED = re.compile(r"^(?:异地|全国|不限|远程|居家|海外|国外|驻外|线上|多地|各地)")
_LEADING_CODE = re.compile(r"^(\d{6})(?:\D|$)")
_SEPARATORS = " -—–·,，、/|:：>()（）.。;；_#"
_PROVINCE_ENDING = re.compile(r"(?:壮族|回族|维吾尔)?(?:省|市|自治区|特别行政区)$")
_CITY_ENDING = re.compile(r"(?:[\u4e00-\u9fff]{1,5}族)*(?:市|自治州|地区|盟)$")
_COUNTY_ENDING = re.compile(r"(?:新区|矿区|林区|区|县|市|旗)$")
_PEOPLES = re.compile(
    "布依族|苗族|侗族|土家族|彝族|藏族|羌族|傣族|景颇族|哈尼族|壮族|白族|傈僳族|朝鲜族|回族|哈萨克|"
    "蒙古族|蒙古|柯尔克孜|黎族|维吾尔|满族|瑶族|畲族|仡佬族|水族"
)
_ALIASES = {"燕郊": "131082", "浦东": "310115", "雄安": "130600"}
_CACHE_LIMIT = 200_000


def _without_people(name: str) -> str:
    return _PEOPLES.sub("", name)


class DivisionTable:
    """Divisions by name (区划表), built from rows of code and name; older rows come last."""

    def __init__(
        self, *, rows: Iterable[tuple[str, str]], older_rows: Iterable[tuple[str, str]] = ()
    ) -> None:
        self._names: dict[str, str] = {}
        for code, name in (*rows, *older_rows):
            if name not in ("市辖区", "县") and not name.endswith("直辖县级行政区划"):
                self._names.setdefault(code, name)
        self._provinces: dict[str, str] = {}
        self._cities: dict[str, str] = {}
        self._counties: dict[str, list[str]] = {}
        for code, name in self._names.items():
            self._register(code, name)
        self._found: dict[str, Region] = {}

    def _register(self, code: str, name: str) -> None:
        if code.endswith("0000"):
            for form in {name, _PROVINCE_ENDING.sub("", name)}:
                self._provinces.setdefault(form, code)
        elif code.endswith("00"):
            stem = _CITY_ENDING.sub("", _without_people(name))
            for form in {name, stem, _without_people(name)}:
                if len(form) >= 2:
                    self._cities.setdefault(form, code)
        else:
            stem = _COUNTY_ENDING.sub("", _without_people(name))
            for form in {name, stem}:
                if len(form) >= 2:
                    self._counties.setdefault(form, []).append(code)

    def name_of(self, code: str, /) -> str:
        """The name of a division; empty when unknown."""
        return self._names.get(code, "")

    def region_of(self, text: str, /) -> Region:
        """The smallest division that the text names."""
        found = self._found.get(text)
        if found is None:
            if len(self._found) >= _CACHE_LIMIT:
                self._found.clear()
            found = self._found[text] = self._parsed(text)
        return found

    def _parsed(self, text: str) -> Region:
        plain = unicodedata.normalize("NFKC", text).strip()
        if not plain:
            return Region(problem="没有写地区，请写到市或区县。")
        if _UNPLACED.match(plain):
            return Region(unplaced=True)
        leading = _LEADING_CODE.match(plain)
        given = ""
        if leading:
            given = self._known_code(leading.group(1))
            plain = plain[6:]
        plain = plain.replace("中国", "", 1).lstrip(_SEPARATORS)
        code, rest = self._longest(plain, given)
        if not code:
            return Region(problem=self._reason_not_found(text, plain))
        return Region(code=code, name=self.name_of(code), rest=rest.strip(_SEPARATORS))

    def _reason_not_found(self, text: str, plain: str) -> str:
        if len(self._counties.get(plain, ())) > 1:
            return f"地区“{text}”有多个同名区县，请写明所在的市。"
        return f"地区“{text}”不在行政区划表里，请从列表中选择。"

    def _known_code(self, code: str) -> str:
        for candidate in (code, code[:4] + "00", code[:2] + "0000"):
            if candidate in self._names:
                return candidate
        return ""

    def _longest(self, plain: str, given: str) -> tuple[str, str]:
        """Go down province, city, county as far as the text leads."""
        code, rest = self._step(self._provinces, plain, within="")
        city, after_city = self._step(self._cities, rest, within=code)
        if city:
            code, rest = city, after_city
        if not code:
            code = given
        county, after_county = self._county(rest, within=code)
        if county:
            return county, after_county
        return code, rest

    def _step(self, names: dict[str, str], text: str, *, within: str) -> tuple[str, str]:
        text = text.lstrip(_SEPARATORS)
        for length in range(min(len(text), 12), 1, -1):
            code = names.get(text[:length])
            short = self._names.get(code or "") != text[:length]
            if short and text[length : length + 1] in ("区", "县"):
                continue
            if code and (not within or code[:2] == within[:2]):
                return code, text[length:].lstrip("省市")
        return within, text

    def _county(self, text: str, *, within: str) -> tuple[str, str]:
        text = text.lstrip(_SEPARATORS)
        prefix = within[: 2 if within.endswith("0000") else 4]
        for length in range(min(len(text), 14), 1, -1):
            form = text[:length]
            codes = [c for c in self._counties.get(form, ()) if c.startswith(prefix)]
            if codes and self._acceptable(form, codes, text[length : length + 1], prefix):
                return codes[0], text[length:]
        for alias, code in _ALIASES.items():
            if text.startswith(alias) and code.startswith(prefix):
                return code, text[len(alias) :]
        return self._county_inside(text, prefix)

    def _acceptable(self, form: str, codes: list[str], following: str, prefix: str) -> bool:
        """A short form must not be the start of a street, and alone it must be unique."""
        full = self._names[codes[0]] == form
        if not full and following and following in "路街道大巷村镇山河湖桥东西南北中":
            return False
        return len(codes) == 1 if not prefix or prefix != codes[0][:4] else True

    def _county_inside(self, text: str, prefix: str) -> tuple[str, str]:
        """A full county name somewhere in a street address of a known city."""
        if not prefix:
            return "", text
        for match in re.finditer(r"[\u4e00-\u9fff]{1,8}?(?:区|县|市|旗)", text):
            for start in range(match.start(), match.end() - 1):
                codes = self._counties.get(text[start : match.end()], ())
                inside = [c for c in codes if c.startswith(prefix)]
                if len(inside) == 1:
                    return inside[0], text[match.end() :]
        return "", text
