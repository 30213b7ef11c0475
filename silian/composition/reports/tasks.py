"""Long work of reports."""

from __future__ import annotations

from silian.composition.reports.commands.bulletin import JOB
from silian.composition.reports.commands.bulletin_files import attach_bulletin_files
from silian.composition.reports.exports.bulletin_pdf import bulletin_pdf
from silian.composition.reports.exports.bulletin_word import bulletin_word
from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.jobs import Outcome, Progress, long_job


@long_job(JOB)
def make_bulletin(progress: Progress, *, edition_id: int) -> Outcome:
    """Turn the frozen data into the files of the bulletin (生成简报文件)."""
    progress.report(done=0, total=1, message="正在排版")
    edition = attach_bulletin_files(
        edition_id=edition_id, word=bulletin_word, pdf=bulletin_pdf, actor=system_actor()
    )
    progress.report(done=1, total=1)
    message = f"{edition.label}简报已生成 Word 和 PDF 文件，核对后送审。"
    return Outcome(message=message, url=edition.get_absolute_url())
