"""The Akoma Ntoso export keeps to the structure of the standard's schema, version 3.0.

The table below states, for every element that the export uses, the children and attributes that
the schema demands or allows. All exports of these tests were also valid under the schema itself.
"""

import pytest
from lxml import etree
from silian_engines.policy_documents.akoma_ntoso import akoma_ntoso
from silian_engines.policy_documents.parsing import parse_policy

from .conftest import DOCUMENTS

NAMES = sorted(
    path.relative_to(DOCUMENTS).as_posix()
    for path in DOCUMENTS.rglob("*")
    if path.suffix in (".txt", ".md")
)
NAMESPACE = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
LEVELS = {"part", "chapter", "section", "article", "paragraph", "hcontainer"}
FRBR = ["FRBRthis", "FRBRuri", "FRBRdate", "FRBRauthor"]
ORDERED = {
    "akomaNtoso": ["doc"],
    "doc": ["meta", "preface", "mainBody"],
    "meta": ["identification", "references"],
    "identification": ["FRBRWork", "FRBRExpression", "FRBRManifestation"],
    "FRBRWork": [*FRBR, "FRBRcountry"],
    "FRBRExpression": [*FRBR, "FRBRlanguage"],
    "FRBRManifestation": FRBR,
    "preface": ["p"],
    "content": ["p"],
}
REQUIRED = {
    "doc": {"name"},
    "identification": {"source"},
    "references": {"source"},
    "FRBRthis": {"value"},
    "FRBRuri": {"value"},
    "FRBRdate": {"date", "name"},
    "FRBRauthor": {"href"},
    "FRBRcountry": {"value"},
    "FRBRlanguage": {"language"},
    "TLCOrganization": {"eId", "href", "showAs"},
    "TLCConcept": {"eId", "href", "showAs"},
    "quantity": {"refersTo", "normalized"},
    "docDate": {"date"},
    "hcontainer": {"name", "eId"},
    **{level: {"eId"} for level in LEVELS - {"hcontainer"}},
}
INLINE = {"docTitle", "docNumber", "docDate", "span", "quantity"}


def exported(name):
    text = (DOCUMENTS / name).read_text(encoding="utf-8")
    document = parse_policy(text=text, file_name=name)
    return document, etree.fromstring(akoma_ntoso(document=document).encode())


def local(element):
    assert element.tag.startswith(NAMESPACE)
    return element.tag.removeprefix(NAMESPACE)


@pytest.mark.parametrize("name", NAMES)
def test_elements_stand_where_the_schema_allows_them(name):
    _, tree = exported(name)
    for element in tree.iter():
        kind, children = local(element), [local(child) for child in element]
        if kind in ORDERED:
            assert children == ORDERED[kind]
        elif kind == "mainBody":
            assert children
            assert set(children) <= LEVELS
        elif kind in LEVELS:
            assert_level(children)
        elif kind == "references":
            assert set(children) <= {"TLCOrganization", "TLCConcept"}
        elif kind == "p":
            assert set(children) <= INLINE
        else:
            assert children == []


def assert_level(children):
    """An optional number and a heading, then either content or deeper levels, never both."""
    head = [child for child in children if child in ("num", "heading")]
    rest = children[len(head) :]
    assert head in (["num", "heading"], ["heading"])
    assert rest == ["content"] or (rest and set(rest) <= LEVELS)


@pytest.mark.parametrize("name", NAMES)
def test_required_attributes_are_there_and_every_reference_resolves(name):
    _, tree = exported(name)
    identities = [element.get("eId") for element in tree.iter() if element.get("eId")]
    assert len(identities) == len(set(identities))
    for element in tree.iter():
        assert set(element.attrib) >= REQUIRED.get(local(element), set())
        for attribute in ("source", "href", "refersTo"):
            value = element.get(attribute, "")
            if value.startswith("#"):
                assert value[1:] in identities


@pytest.mark.parametrize("name", NAMES)
def test_every_clause_and_every_target_is_exported(name):
    document, tree = exported(name)
    paragraphs = ["".join(each.itertext()) for each in tree.iter(f"{NAMESPACE}p")][1:]
    assert paragraphs == [clause.text for clause in document.clauses]
    quantities = [each.text for each in tree.iter(f"{NAMESPACE}quantity")]
    phrases = [target.phrase for clause in document.clauses for target in clause.numeric_targets]
    assert quantities == phrases


def test_an_unsigned_document_has_no_department_for_its_author():
    _, tree = exported("habits/duanhe_measures.txt")
    authors = {each.get("href") for each in tree.iter(f"{NAMESPACE}FRBRauthor")}
    assert authors == {"#unsigned", "#silian"}


def test_signs_that_xml_cannot_hold_are_left_out():
    text = (DOCUMENTS / "qingshui_opinion.txt").read_text(encoding="utf-8")
    document = parse_policy(text=text.replace("实训中心", "实训\x01中心"), file_name="a.txt")
    tree = etree.fromstring(akoma_ntoso(document=document).encode())
    assert "实训中心" in "".join(tree.itertext())
