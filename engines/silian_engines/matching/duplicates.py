"""Near-duplicate postings (近重复岗位): one employer offers one work in one place twice."""

import re
import unicodedata
import zlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from silian_engines.matching.title_cleaning import cleaned_title

SHINGLE, SKETCH_SIZE = 6, 24
SIMILAR_TITLE, SIMILAR_TEXT = 0.65, 0.7
# Beyond this an employer's titles are compared by key only, so that cost stays linear.
LARGEST_COMPARISON = 150


@dataclass(frozen=True, slots=True)
class PostingFacts:
    """What identifies a posting (岗位识别要素)."""

    id: str
    organisation: str
    title: str
    region_code: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Postings that say the same (重复组); the first stays, `reason` tells why."""

    ids: tuple[str, ...]
    reason: str


_LEGAL_FORM = re.compile(
    r"(?:股份|集团)?有限(?:责任)?公司$|(?:集团|股份)?公司$|分公司$|[\s()（）【】\[\]·,.，。]"
)


@lru_cache(maxsize=65536)
def organisation_key(name: str, /) -> str:
    """An employer's name without legal form, brackets and case."""
    plain = unicodedata.normalize("NFKC", name).lower()
    previous = ""
    while previous != plain:
        previous, plain = plain, _LEGAL_FORM.sub("", plain)
    return plain or unicodedata.normalize("NFKC", name).lower()


@lru_cache(maxsize=65536)
def title_key(title: str, /) -> str:
    """A title without noise, its parts in order."""
    clean = cleaned_title(title)
    return "/".join(sorted(set(clean.segments))) or clean.whole


@lru_cache(maxsize=65536)
def text_sketch(text: str, /) -> frozenset[int]:
    """The smallest hashes of a text's shingles; equal shares estimate equal content."""
    plain = re.sub(r"\W+", "", unicodedata.normalize("NFKC", text).lower())
    shingles = {plain[i : i + SHINGLE] for i in range(max(1, len(plain) - SHINGLE + 1))}
    hashes = sorted(zlib.crc32(shingle.encode()) for shingle in shingles if shingle)
    return frozenset(hashes[:SKETCH_SIZE])


def text_similarity(first: str, second: str, /) -> float:
    """Estimated share of common content, from 0 to 1."""
    one, other = text_sketch(first), text_sketch(second)
    if not one or not other:
        return 1.0 if one == other else 0.0
    smallest = sorted(one | other)[:SKETCH_SIZE]
    return sum(1 for value in smallest if value in one and value in other) / len(smallest)


def title_similarity(first: str, second: str, /) -> float:
    """Share of common character pairs of two cleaned titles, from 0 to 1."""
    one, other = _pairs(title_key(first)), _pairs(title_key(second))
    return len(one & other) / len(one | other)


@lru_cache(maxsize=65536)
def _pairs(key: str) -> frozenset[str]:
    marked = f"^{key}$"
    return frozenset(marked[i : i + 2] for i in range(len(marked) - 1))


def duplicate_groups(*, postings: Sequence[PostingFacts]) -> list[DuplicateGroup]:
    """Groups of two or more postings that are the same, in the order of their first posting."""
    by_employer: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, posting in enumerate(postings):
        place = posting.region_code
        by_employer[organisation_key(posting.organisation), place].append(number)
    groups: list[tuple[int, DuplicateGroup]] = []
    for numbers in by_employer.values():
        groups += _groups_of_employer(postings, numbers)
    return [group for _, group in sorted(groups, key=lambda pair: pair[0])]


def _groups_of_employer(
    postings: Sequence[PostingFacts], numbers: Sequence[int]
) -> list[tuple[int, DuplicateGroup]]:
    """Each posting joins the first earlier one that it repeats."""
    leaders: list[int] = []
    members: dict[int, list[int]] = {}
    reasons: dict[int, str] = {}
    by_title: dict[str, list[int]] = defaultdict(list)
    for number in numbers:
        key = title_key(postings[number].title)
        near = leaders if len(leaders) <= LARGEST_COMPARISON else by_title[key]
        leader = next((n for n in near if _same(postings[n], postings[number])), None)
        if leader is None:
            leaders.append(number)
            by_title[key].append(number)
            members[number] = [number]
        else:
            members[leader].append(number)
            reasons.setdefault(leader, _reason(postings[leader], postings[number]))
    return [
        (leader, DuplicateGroup(tuple(postings[n].id for n in group), reasons[leader]))
        for leader, group in members.items()
        if len(group) > 1
    ]


def _same(one: PostingFacts, other: PostingFacts) -> bool:
    if title_similarity(one.title, other.title) < SIMILAR_TITLE:
        return False
    if not one.text or not other.text:
        return title_key(one.title) == title_key(other.title)
    return text_similarity(one.text, other.text) >= SIMILAR_TEXT


def _reason(one: PostingFacts, other: PostingFacts) -> str:
    same_title = title_key(one.title) == title_key(other.title)
    title = "岗位名称相同" if same_title else "岗位名称相近"
    text = "，正文基本一致" if one.text and other.text else ""
    return f"同一单位、同一地区，{title}{text}。"
