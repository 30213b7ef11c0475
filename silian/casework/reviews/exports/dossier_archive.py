"""A dossier or a whole batch as a zip: index, everything said, every hash (评审档案)."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable
from typing import IO, Any

from django.template.loader import render_to_string
from django.utils import timezone

from silian.casework.reviews.models import Campaign, Dossier
from silian.casework.reviews.queries.dossier_record import file_rows, record_of
from silian.foundation.kernel.files import open_content
from silian.foundation.ui.exports import write_xlsx

EPOCH = (1980, 1, 1, 0, 0, 0)  # the same content gives the same bytes
UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
CHUNK = 1024 * 1024
HEADER = ("申报编号", "认定对象", "申报单位", "状态", "总分", "名次", "决定", "文件夹")
SENTENCE = (
    "核对方法：对每个文件计算 SHA-256，与 manifest.json 中的值逐一比对；"
    "再对 manifest.json 计算 SHA-256，与 manifest.sha256 比对。全部一致即未被改动。"
)

Tell = Callable[[int, int], None]


class Archive:
    """A zip that keeps the hash of everything put into it."""

    def __init__(self, target: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED)
        self.files: list[dict[str, Any]] = []

    def put(self, path: str, content: bytes) -> None:
        """One file with its digest."""
        self.stream(path, io.BytesIO(content))

    def stream(self, path: str, source: IO[bytes]) -> None:
        """One file read piece by piece, so that a large one does not fill the memory."""
        digest, size = hashlib.sha256(), 0
        info = zipfile.ZipInfo(path, date_time=EPOCH)
        info.compress_type = zipfile.ZIP_DEFLATED
        with self._zip.open(info, "w", force_zip64=True) as place:
            while piece := source.read(CHUNK):
                digest.update(piece)
                size += len(piece)
                place.write(piece)
        self.files.append({"path": path, "sha256": digest.hexdigest(), "size": size})

    def close(self, *, facts: dict[str, Any]) -> str:
        """Write the manifest and its own digest; the digest is given back."""
        manifest = as_json({**facts, "verification": SENTENCE, "files": list(self.files)})
        digest = hashlib.sha256(manifest).hexdigest()
        self.put("manifest.json", manifest)
        self.put("manifest.sha256", f"{digest}  manifest.json\n".encode())
        self._zip.close()
        return digest


def write_archive(
    *, target: IO[bytes], campaign: Campaign, dossiers: Iterable[Dossier], by: str, tell: Tell
) -> str:
    """Write the archive of dossiers of one batch; the digest of its manifest (导出评审档案).

    Scores are in it only where they are open; who objected never is.
    """
    rows = list(dossiers)
    archive, index = Archive(target), []
    for done, dossier in enumerate(rows, start=1):
        index.append(put_dossier(archive, dossier))
        tell(done, len(rows))
    facts = {
        "campaign": campaign.title,
        "scheme": campaign.version.scheme.title,
        "scheme_version": campaign.version.number,
        "made_at": timezone.localtime().isoformat(),
        "made_by": by,
        "dossiers": len(rows),
    }
    sheet = io.BytesIO()
    write_xlsx(file=sheet, header=HEADER, rows=[list(row) for row in index])
    archive.put("index.xlsx", sheet.getvalue())
    archive.put("campaign/scheme.json", as_json(campaign.version.definition))
    archive.put("campaign/overrides.json", as_json(campaign.overrides))
    ranking = getattr(campaign, "ranking", None)
    if ranking:
        archive.put(
            "campaign/ranking.json", as_json({"rows": ranking.rows, "sha256": ranking.sha256})
        )
    page = render_to_string(
        "reviews/archive_index.html",
        {"facts": facts, "header": HEADER, "rows": index, "sentence": SENTENCE},
    )
    archive.put("index.html", page.encode())
    return archive.close(facts=facts)


def put_dossier(archive: Archive, dossier: Dossier) -> tuple[Any, ...]:
    """All of one dossier in its own folder; its line for the index."""
    folder = safe(f"{dossier.number or dossier.pk} {dossier.subject_name}")
    said = record_of(dossier)
    archive.put(f"{folder}/record.json", as_json(said))
    page = render_to_string("reviews/archive_dossier.html", {"dossier": dossier, "said": said})
    archive.put(f"{folder}/index.html", page.encode())
    for version in said["versions"]:
        archive.put(f"{folder}/versions/{version['number']}.json", as_json(version))
    for place, (group, file) in enumerate(file_rows(dossier), start=1):
        with open_content(file) as content:
            archive.stream(f"{folder}/{group}/{place:03d} {safe(file.name)}", content)
    return (
        dossier.number or "",
        dossier.subject_name,
        dossier.applicant.name,
        dossier.get_state_display(),
        "" if dossier.points is None else str(dossier.points),
        dossier.rank or "",
        said["decisions"][-1]["outcome"] if said["decisions"] else "",
        folder,
    )


def safe(name: str) -> str:
    """A name that every file system takes."""
    return UNSAFE.sub("_", name).strip(" .")[:80]


def as_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2, default=str).encode()
