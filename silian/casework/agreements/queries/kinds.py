"""Kinds of agreement, declared or configured, with the version that an agreement keeps."""

from __future__ import annotations

from functools import lru_cache

from silian.casework.agreements.choices import KindVersionState
from silian.casework.agreements.models import Agreement, KindVersion
from silian.casework.agreements.registry import (
    AgreementKind,
    declared_kinds,
    is_declared,
    kind_named,
)
from silian.casework.agreements.rules.kind_definitions import kind_of_definition
from silian.foundation.kernel.errors import DomainError
from silian.registers.organisations.models import Organisation


def kind_of(agreement: Agreement) -> AgreementKind:
    """The kind of an agreement, in the version with which it was drafted (协议的类别)."""
    if agreement.kind_version_id is not None:
        return kind_of_version(agreement.kind_version_id)
    return kind_named(agreement.kind)


@lru_cache(maxsize=256)
def published_kind(version_id: int) -> AgreementKind:
    """A published version never changes, so that it is read once."""
    return built(KindVersion.objects.select_related("kind").get(pk=version_id))


def kind_of_version(version_id: int) -> AgreementKind:
    return published_kind(version_id)


def built(version: KindVersion) -> AgreementKind:
    kind = version.kind
    return kind_of_definition(
        version.definition, code=kind.code, label=kind.label, purpose=kind.purpose
    )


def present_version(code: str) -> KindVersion | None:
    """The version of a configured kind with which new agreements are drafted."""
    if is_declared(code):
        return None
    prefix, _, number = code.partition("-")
    if prefix != "configured" or not number.isdigit():
        raise DomainError(f"没有代码为“{code}”的协议类别。请从列表中选择。", field="kind")
    version = (
        KindVersion.objects.select_related("kind")
        .filter(kind_id=int(number), state=KindVersionState.PUBLISHED, kind__is_open=True)
        .first()
    )
    if version is None:
        raise DomainError(
            "这个协议类别没有已发布的版本，或者已停用。请选择其他类别。", field="kind"
        )
    return version


def kind_for_drafting(code: str) -> tuple[AgreementKind, KindVersion | None]:
    """The kind with which an agreement is drafted today, and its version when configured."""
    version = present_version(code)
    return (built(version), version) if version else (kind_named(code), None)


def kinds_on_offer(*, organisation: Organisation | None) -> list[AgreementKind]:
    """Kinds that an organisation may draft by hand: declared ones and its region's own."""
    kinds = [kind for kind in declared_kinds() if kind.by_hand]
    if organisation is None:
        return kinds
    path = list(organisation.division.path)
    rows = (
        KindVersion.objects.filter(
            state=KindVersionState.PUBLISHED, kind__is_open=True, kind__division_id__in=path
        )
        .select_related("kind")
        .order_by("kind__label")
    )
    return [*kinds, *(built(row) for row in rows)]


def kind_labels() -> dict[str, str]:
    """Code and label of every kind, for filters and lists."""
    labels = {kind.code: kind.label for kind in declared_kinds()}
    rows = KindVersion.objects.filter(state=KindVersionState.PUBLISHED).select_related("kind")
    labels.update({row.kind.code: row.kind.label for row in rows})
    return labels
