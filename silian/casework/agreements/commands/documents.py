"""Keep the signed copy that every party owns."""

from __future__ import annotations

from django.db import transaction

from silian.casework.agreements.choices import VersionState
from silian.casework.agreements.commands.drafting import locked_agreement
from silian.casework.agreements.models import AgreementVersion
from silian.foundation.kernel import files
from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import WrongState
from silian.foundation.kernel.file_checks import PDF
from silian.foundation.kernel.models import StoredFile


@transaction.atomic
def keep_document(*, version_id: int, content: bytes) -> StoredFile:
    """Keep the sealed PDF of a signed version; the first one stays (保存协议正本).

    Basis: 《职业学校学生实习管理规定》第十三条: 实习三方各执一份.
    """
    agreement_id = AgreementVersion.objects.values_list("agreement_id", flat=True).get(
        pk=version_id
    )
    agreement = locked_agreement(agreement_id)
    version = agreement.versions.select_related("document").get(pk=version_id)
    if version.document is not None:
        return version.document
    if version.state != VersionState.SIGNED:
        raise WrongState("还没有签齐，不能生成正本。")
    actor = system_actor()
    version.document = files.store_content(
        name=f"{agreement.number}-{version.number}.pdf",
        content=content,
        subject=version,
        actor=actor,
        kinds=(PDF,),
    )
    version.save(update_fields=["document"])
    record(
        actor, "agreements.version.sealed", agreement, detail={"sha256": version.document.sha256}
    )
    return version.document
