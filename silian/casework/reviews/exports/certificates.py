"""The certificate of a recognition: typeset, with a code and a QR, and sealed (认定证书)."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse

from silian.casework.reviews.choices.recognitions import ActKind
from silian.casework.reviews.models import Certificate, Recognition
from silian.foundation.kernel.typesetting import qr_svg, typeset

PAGE = Path(__file__).resolve().parent.parent / "print" / "certificate.typ"
REASON = "认定证书制发"
SAID = {
    ActKind.ENTER: "经审核、评审、公示和审定，列入{scheme}建设培育库。",
    ActKind.CERTIFY: "经审核、评审、公示和审定，认定为{scheme}。",
    ActKind.EXTEND: "经复核合格，延续{scheme}认定。",
}


def sealed_certificate(certificate: Certificate) -> bytes:
    """The sealed PDF. Basis: 电子签名法第五条; ETSI EN 319 142-1 PAdES B-B."""
    from silian.foundation.kernel.pdf_seals import sealed  # pyHanko only when it seals

    place = certificate.recognition.division.name
    return sealed(certificate_pdf(certificate), reason=REASON, location=place)


def certificate_pdf(certificate: Certificate) -> bytes:
    """The PDF before it is sealed."""
    return typeset(PAGE, certificate_data(certificate))


def certificate_data(certificate: Certificate) -> dict[str, Any]:
    """What the certificate says."""
    row = certificate.recognition
    kind = ActKind(certificate.act.kind)
    holder = row.holder.name
    return {
        "title": "建设培育证书" if kind == ActKind.ENTER else "认定证书",
        "scheme": row.scheme.title,
        "subject": row.subject_name,
        "holder": "" if holder == row.subject_name else holder,
        "words": SAID[kind].format(scheme=row.scheme.title),
        "number": row.number,
        "issuer": row.dossier.campaign.owner.name,
        "issued_on": chinese_day(certificate.issued_on),
        "term": term_of(certificate),
        "check_code": row.check_code,
        "check_url": check_url(row),
        "qr": qr_svg(check_url(row)),
        "is_demo": row.is_demo,
    }


def term_of(certificate: Certificate) -> str:
    """The days for which it holds, the last one included."""
    if certificate.valid_until is None:
        return f"自 {chinese_day(certificate.issued_on)} 起"
    last = certificate.valid_until - datetime.timedelta(days=1)
    return f"{chinese_day(certificate.issued_on)} 至 {chinese_day(last)}"


def check_url(recognition: Recognition) -> str:
    """Where anybody checks the certificate (查验地址)."""
    return settings.SITE_URL + reverse(
        "reviews:recognition_check_code", args=[recognition.check_code]
    )


def chinese_day(day: datetime.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
