"""Chinese segmentation (中文分词) for search: the same words for the index and for the query.

Tokens are lower case letters, digits and Chinese characters only, at most 40 characters, so each
one is a PostgreSQL lexeme that needs no quoting.
"""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

import rjieba

VOCABULARY = Path(__file__).parent / "vocabulary"
LONGEST_TOKEN = 40
_TRADITIONAL_DIGITS = str.maketrans(
    "〇零壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬兩億", "〇零一二二三三四五六六七八九十百千万两亿"
)
_SPELLED = (
    (re.compile(r"c\s?\+\+"), " cplusplus "),
    (re.compile(r"c\s?#"), " csharp "),
    (re.compile(r"(?<![a-z0-9])\.net(?![a-z])"), " dotnet "),
    (re.compile(r"\b(node|vue|react|next)\.js\b"), r" \1js "),
    (re.compile(r"(\d)\s*\+\s*x(?=证书)"), r" \1x "),
)
_WORD = re.compile(r"[a-z0-9]+|[\u3400-\u9fff\U00020000-\U0003134f]+")
_CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003134f]")
_STOP = frozenset(
    "的了和与及或等在是为有对中以并其也于将被把从到由我你他她它们这那个之地得着过吗呢吧啊"
)


def normalised(text: str, /) -> str:
    """One spelling for full width, case and formal digits (全角、大小写、大写数字)."""
    plain = unicodedata.normalize("NFKC", text).lower().translate(_TRADITIONAL_DIGITS)
    for pattern, spelling in _SPELLED:
        plain = pattern.sub(spelling, plain)
    return plain


def _lines(name: str) -> list[list[str]]:
    lines = (VOCABULARY / name).read_text(encoding="utf-8").splitlines()
    return [normalised(line).split() for line in lines if line and not line.startswith("#")]


@lru_cache(maxsize=1)
def synonyms() -> dict[str, str]:
    """Each synonym with the word that stands for its group (同义词)."""
    return {word: group[0] for group in _lines("synonyms.txt") for word in group[1:]}


@lru_cache(maxsize=1)
def _segmenter() -> rjieba.Jieba:
    segmenter = rjieba.Jieba()
    words = {word for line in _lines("domain_terms.txt") for word in line}
    words |= {word for group in _lines("synonyms.txt") for word in group}
    for word in sorted(words):
        if _CHINESE.search(word):
            segmenter.add_word(word, 100_000, "n")
    return segmenter


def is_dictionary_word(word: str, /) -> bool:
    """Whether general Chinese or our terms hold this word of two or more characters."""
    return len(word) > 1 and bool(_segmenter().has_word(word))


def _words(text: str) -> list[str]:
    """Words in order, without punctuation."""
    segmenter = _segmenter()
    words: list[str] = []
    for run in _WORD.findall(normalised(text)):
        words += segmenter.cut(run) if _CHINESE.match(run) else [run]
    return [word[:LONGEST_TOKEN] for word in words]


def _parts(word: str) -> list[str]:
    """The shorter words inside a long one: 数控车床 also holds 数控 and 车床."""
    if len(word) < 3 or not _CHINESE.match(word):
        return []
    return [part for part in _segmenter().cut_for_search(word) if 2 <= len(part) < len(word)]


def _unique(tokens: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tokens))


def index_tokens(text: str, /) -> tuple[str, ...]:
    """Tokens to store for a text: words, the words inside them, and their synonyms' head."""
    heads = synonyms()
    tokens: list[str] = []
    for word in _words(text):
        if word in _STOP:
            continue
        tokens.append(word)
        if word in heads:
            tokens.append(heads[word])
        for part in _parts(word):
            tokens.append(part)
            if part in heads:
                tokens.append(heads[part])
    return _unique(tokens)


def query_tokens(text: str, /) -> tuple[str, ...]:
    """Tokens that a text must hold to answer a query, each one in `index_tokens` of a match."""
    heads = synonyms()
    words = [heads.get(word, word) for word in _words(text) if word not in _STOP]
    return _unique(words)


@lru_cache(maxsize=65536)
def pinyin(text: str, /) -> str:
    """Toneless pinyin without gaps, for sorting and suggestion: 车工 is chegong."""
    return "".join(_WORD_OF_LETTERS.findall("".join(_syllables(text))))


@lru_cache(maxsize=65536)
def pinyin_initials(text: str, /) -> str:
    """First letters: 车工 is cg."""
    return "".join(s[:1] if s.isalpha() else s for s in _syllables(text) if s.isalnum())


_WORD_OF_LETTERS = re.compile(r"[a-z0-9]+")


def _syllables(text: str) -> list[str]:
    # Its dictionaries take a quarter of a second, which a plain search need not pay.
    from pypinyin import Style, lazy_pinyin

    runs = _WORD.findall(normalised(text))
    syllables: list[str] = []
    for run in runs:
        if _CHINESE.match(run):
            found = lazy_pinyin(run, style=Style.NORMAL, errors="ignore")
            syllables += [s.replace("ü", "v") for s in found]
        else:
            syllables.append(run)
    return syllables


def pinyin_tokens(text: str, /) -> tuple[str, ...]:
    """Pinyin lexemes of a name: full, initials, and each word of two or more characters."""
    words = [word for word in _words(text) if len(word) >= 2 and _CHINESE.match(word)]
    forms = [pinyin(text), pinyin_initials(text), *(pinyin(word) for word in words)]
    return _unique([form[:LONGEST_TOKEN] for form in forms if form])
