"""How names are shortened and spelt, so that people find them as they type."""

from __future__ import annotations

import re

# Place names that a general dictionary reads wrongly, or differently from their people.
PLACE_READINGS = {
    "重庆": "chong qing", "长沙": "chang sha", "厦门": "xia men", "六安": "lu an",
    "六合": "lu he", "亳州": "bo zhou", "蚌埠": "beng bu", "歙县": "she xian",
    "黟县": "yi xian", "涡阳": "guo yang", "枞阳": "zong yang", "乐清": "yue qing",
    "乐亭": "lao ting", "乐陵": "lao ling", "蔚县": "yu xian", "大城": "dai cheng",
    "任丘": "ren qiu", "任县": "ren xian", "任城": "ren cheng", "任泽": "ren ze",
    "井陉": "jing xing", "藁城": "gao cheng", "洪洞": "hong tong", "繁峙": "fan shi",
    "隰县": "xi xian", "长治": "chang zhi", "长子": "zhang zi", "盂县": "yu xian",
    "阿拉善": "a la shan", "单县": "shan xian", "莘县": "shen xian", "东阿": "dong e",
    "牟平": "mu ping", "中牟": "zhong mu", "浚县": "xun xian", "泌阳": "bi yang",
    "渑池": "mian chi", "荥阳": "xing yang", "尉氏": "wei shi", "监利": "jian li",
    "郧": "yun", "耒阳": "lei yang", "番禺": "pan yu", "大埔": "da bu", "儋州": "dan zhou",
    "什邡": "shi fang", "阆中": "lang zhong", "郫都": "pi du", "荥经": "ying jing",
    "犍为": "qian wei", "会理": "hui li", "会泽": "hui ze", "会东": "hui dong",
    "会宁": "hui ning", "会昌": "hui chang", "会同": "hui tong", "曲靖": "qu jing",
    "曲阳": "qu yang", "宕昌": "tan chang", "吴堡": "wu bu", "尉犁": "yu li",
    "若羌": "ruo qiang", "且末": "qie mo", "焉耆": "yan qi", "鄯善": "shan shan",
    "台州": "tai zhou", "丽水": "li shui", "铅山": "yan shan", "句容": "ju rong",
    "盱眙": "xu yi", "柏乡": "bai xiang", "行唐": "xing tang", "宝坻": "bao di",
    "穆棱": "mu ling", "珲春": "hun chun", "讷河": "ne he", "色达": "se da",
    "巴音郭楞": "ba yin guo leng", "叶城": "ye cheng", "长乐": "chang le", "昌乐": "chang le",
    "朝阳": "chao yang", "冠县": "guan xian", "洞头": "dong tou", "车城": "che cheng",
    "中山": "zhong shan", "勐": "meng", "砀山": "dang shan", "六枝": "liu zhi",
    "六盘水": "liu pan shui", "陆川": "lu chuan", "宿州": "su zhou", "宿迁": "su qian",
    "宿豫": "su yu", "宿城": "su cheng", "宿松": "su song", "沈丘": "shen qiu",
    "沈北": "shen bei", "汀县": "ting xian", "乐都": "le du", "石嘴山": "shi zui shan",
    "大足": "da zu", "秘": "mi", "万柏林": "wan bai lin", "长丰": "chang feng",
    "长垣": "chang yuan", "长葛": "chang ge", "长泰": "chang tai", "长汀": "chang ting",
    "长兴": "chang xing", "长宁": "chang ning", "长寿": "chang shou", "长岭": "chang ling",
    "长岛": "chang dao", "长阳": "chang yang", "长顺": "chang shun", "长武": "chang wu",
    "长安": "chang an", "长春": "chang chun", "长海": "chang hai", "长白": "chang bai",
    "长洲": "chang zhou", "长清": "chang qing",
}  # fmt: skip
PLACE = re.compile("|".join(sorted(PLACE_READINGS, key=len, reverse=True)))
PEOPLES = (
    "壮族|回族|满族|苗族|彝族|土家族|藏族|蒙古族|蒙古|侗族|瑶族|白族|哈尼族|哈萨克族|哈萨克|黎族|傣族|畲族|"
    "傈僳族|仡佬族|东乡族|拉祜族|水族|佤族|纳西族|羌族|土族|仫佬族|锡伯族|锡伯|柯尔克孜族|柯尔克孜|达斡尔族|"
    "景颇族|毛南族|撒拉族|布朗族|塔吉克族|塔吉克|普米族|怒族|鄂温克族|保安族|独龙族|裕固族|朝鲜族|布依族|"
    "维吾尔族|维吾尔|各族|鄂伦春族"
)
AUTONOMOUS = re.compile(rf"(?:{PEOPLES})*自治[区州县旗]$")
PEOPLES_DISTRICT = re.compile(rf"(?:{PEOPLES})区$")
SUFFIX = re.compile(r"(?:特别行政区|新区|林区|特区|地区|省|市|盟|区|县)$")
KEPT_WHOLE = re.compile(
    r"(?:新区|矿区|[左右前后中]旗|开发区|产业园区|工业园区|创意园区|示范区|管理区|名胜区|实验区|"
    r"聚集区|食品区|高新区|经开区)$"
)
SHORTEST = 2
WHOLE_NAMES = {
    "内蒙古自治区": "内蒙古",
    "东乡族自治县": "东乡",
    "鄂温克族自治旗": "鄂温克",
    "鄂伦春自治旗": "鄂伦春",
}


def short_division_name(name: str) -> str:
    """The name as people say it: 曲靖市 → 曲靖, 新疆维吾尔自治区 → 新疆, 横县 → 横县."""
    if name in WHOLE_NAMES:
        return WHOLE_NAMES[name]
    if KEPT_WHOLE.search(name):
        return name
    for pattern in (AUTONOMOUS, PEOPLES_DISTRICT, SUFFIX):
        short = pattern.sub("", name)
        if short != name:
            return short if len(short) >= SHORTEST else name
    return name


def syllables(text: str, *, is_place: bool = False) -> list[str]:
    """The pinyin syllables of ``text`` without tones; signs are left out, letters stay."""
    if not is_place:
        return plain_syllables(text)
    spelt: list[str] = []
    position = 0
    for match in PLACE.finditer(text):
        spelt += plain_syllables(text[position : match.start()])
        spelt += PLACE_READINGS[match.group()].split()
        position = match.end()
    return spelt + plain_syllables(text[position:])


def plain_syllables(text: str) -> list[str]:
    from pypinyin import Style, lazy_pinyin

    raw = lazy_pinyin(text, style=Style.NORMAL, errors="default") if text else []
    return [kept for kept in ("".join(c for c in s.lower() if c.isalnum()) for s in raw) if kept]


def spelling(text: str, *, is_place: bool = False) -> tuple[str, str]:
    """The compact pinyin and the initials of a name: 曲靖市 → qujingshi, qjs."""
    parts = syllables(text, is_place=is_place)
    return "".join(parts)[:300], "".join(part[0] for part in parts)[:80]
