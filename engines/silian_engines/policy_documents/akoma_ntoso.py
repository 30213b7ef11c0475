"""Akoma Ntoso 3.0 export (OASIS LegalDocML 输出)."""

from __future__ import annotations

import re
from xml.sax import saxutils

from .bodies import identify
from .document import Clause, Header, NumericTarget, PolicyDocument
from .force import SUBSIDY, TARGET, TAX, THRESHOLD

_NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_LEVELS = (
    (re.compile(r"第.+(?:[编篇]|部分)"), "part"),
    (re.compile(r"第.+章"), "chapter"),
    (re.compile(r"第.+节"), "section"),
    (re.compile(r"第.+条"), "article"),
    (re.compile(r"[一二三四五六七八九十]+、"), "part"),
    (re.compile(r"[（(][一二三四五六七八九十]+[）)]"), "section"),
    (re.compile(r"\d+[.．、﹒]"), "paragraph"),
)
_KINDS = {
    THRESHOLD: "应当遵守的界限",
    TARGET: "应当达到的数量",
    TAX: "税收优惠",
    SUBSIDY: "财政补助",
}
_UNSIGNED = '<TLCOrganization eId="unsigned" href="/ontology/cn/unsigned" showAs="未署名"/>'
_NUMBER = re.compile(
    r"第[一二三四五六七八九十百零\d]+(?:部分|[编篇章节条])|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、﹒]"
)


_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def escape(text: str) -> str:
    """Text for XML, without characters that XML cannot hold."""
    return saxutils.escape(_NOT_IN_XML.sub("", text))


def quoteattr(text: str) -> str:
    """An attribute value for XML, quotes included."""
    return saxutils.quoteattr(_NOT_IN_XML.sub("", text))


def akoma_ntoso(*, document: PolicyDocument) -> str:
    """The document as Akoma Ntoso XML: metadata, preface, and the hierarchy of clauses."""
    header = document.header
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<akomaNtoso xmlns="{_NAMESPACE}">',
            '<doc name="policy">',
            _meta(header, document),
            _preface(header),
            "<mainBody>",
            *_body(document.clauses),
            "</mainBody>",
            "</doc>",
            "</akomaNtoso>",
            "",
        ]
    )


def _meta(header: Header, document: PolicyDocument) -> str:
    work = f"/akn/cn/doc/{header.date or 'undated'}/{header.doc_number or document.file}"
    day = header.date or "0001-01-01"
    author = "#org_1" if header.issuers else "#unsigned"
    parts = [
        _identified("FRBRWork", work, day, author, '<FRBRcountry value="cn"/>'),
        _identified(
            "FRBRExpression", f"{work}/zho@", day, author, '<FRBRlanguage language="zho"/>'
        ),
        _identified("FRBRManifestation", f"{work}/zho@.akn", day, "#silian", ""),
    ]
    return (
        f'<meta><identification source="#silian">{"".join(parts)}</identification>'
        f'<references source="#silian">{_references(header, document)}</references></meta>'
    )


def _references(header: Header, document: PolicyDocument) -> str:
    """The organisations that the document names, and the kinds of its numbers."""
    names = dict.fromkeys(
        [*header.issuers, *(name for clause in document.clauses for name in clause.departments)]
    )
    organisations = "".join(
        f'<TLCOrganization eId="org_{number}" href={quoteattr("/ontology/cn/" + _function(name))} '
        f"showAs={quoteattr(name)}/>"
        for number, name in enumerate(names, 1)
    )
    kinds = "".join(
        f'<TLCConcept eId="{kind}" href="/ontology/silian/{kind}" showAs="{title}"/>'
        for kind, title in _KINDS.items()
    )
    own = '<TLCOrganization eId="silian" href="/ontology/silian" showAs="Silian 四链"/>'
    return organisations + ("" if header.issuers else _UNSIGNED) + own + kinds


def _function(name: str) -> str:
    return identify(name).function or name


def _identified(tag: str, uri: str, day: str, author: str, extra: str) -> str:
    return (
        f"<{tag}><FRBRthis value={quoteattr(uri + '/!main')}/><FRBRuri value={quoteattr(uri)}/>"
        f'<FRBRdate date="{day}" name="generation"/><FRBRauthor href="{author}"/>{extra}</{tag}>'
    )


def _preface(header: Header) -> str:
    parts = [
        f"<docTitle>{escape(header.title or '')}</docTitle>",
        f"<docNumber>{escape(header.doc_number or header.doc_number_raw or '')}</docNumber>",
    ]
    if header.date:
        parts.append(f'<docDate date="{header.date}">{escape(header.date_raw or "")}</docDate>')
    if header.addressees:
        parts.append(f"<span>{escape(header.addressees)}</span>")
    return f"<preface><p>{''.join(parts)}</p></preface>"


def _body(clauses: tuple[Clause, ...]) -> list[str]:
    """Open and close containers as the path changes from clause to clause."""
    out: list[str] = []
    opened: list[tuple[str, str]] = []
    for number, clause in enumerate(clauses, 1):
        chain = clause.path[:-1]
        common = _common(chain, [title for title, _ in opened])
        while len(opened) > common:
            out.append(f"</{opened.pop()[1]}>")
        for title in chain[common:]:
            element = _element(title)
            opened.append((title, element))
            identity = f'eId="{element}_{number}_{len(opened)}"'
            out.append(f"<{element} {identity}{_name(element)}>{_head(title)}")
        out.append(_leaf(clause, number))
    out.extend(f"</{element}>" for _, element in reversed(opened))
    return out


def _common(chain: tuple[str, ...], opened: list[str]) -> int:
    count = 0
    while count < min(len(chain), len(opened)) and chain[count] == opened[count]:
        count += 1
    return count


def _element(title: str) -> str:
    return next((name for pattern, name in _LEVELS if pattern.match(title)), "hcontainer")


def _name(element: str) -> str:
    """A container outside the usual levels must say what it is."""
    return ' name="clause"' if element == "hcontainer" else ""


def _head(title: str) -> str:
    match = _NUMBER.match(title)
    number = match.group() if match else ""
    num = f"<num>{escape(number)}</num>" if number else ""
    return f"{num}<heading>{escape(title[len(number) :])}</heading>"


def _leaf(clause: Clause, number: int) -> str:
    element = _element(clause.path[-1])
    return (
        f'<{element} eId="cl_{number}"{_name(element)}>{_head(clause.path[-1])}'
        f'<content eId="cl_{number}__content"><p>{_text(clause)}</p></content></{element}>'
    )


def _text(clause: Clause) -> str:
    """The words of a clause with its numbers marked as quantities."""
    text, out, position = clause.text, [], 0
    for target in clause.numeric_targets:
        at = text.find(target.phrase, position)
        if at < 0:
            continue
        out.append(escape(text[position:at]))
        out.append(_quantity(target))
        position = at + len(target.phrase)
    out.append(escape(text[position:]))
    return "".join(out)


def _quantity(target: NumericTarget) -> str:
    normalised = " ".join([target.op, *(str(value) for value in target.values), target.unit])
    attributes = f'refersTo="#{target.kind}" normalized={quoteattr(normalised)}'
    return f"<quantity {attributes}>{escape(target.phrase)}</quantity>"
