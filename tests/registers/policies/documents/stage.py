"""Documents of the tests: a small plan in the official format, uploaded, read and reviewed."""

from __future__ import annotations

from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from silian.foundation.kernel.testing import run_queued_jobs
from silian.registers.policies.commands.clause_review import confirm_clear_clauses
from silian.registers.policies.commands.document_upload import UploadFacts, upload_document
from silian.registers.policies.commands.issue import issue_document
from silian.registers.policies.models.clauses import Clause
from silian.registers.policies.models.documents import PolicyDocument
from tests.world import CITY, Person, World

SAMPLES = Path(__file__).resolve().parents[4] / "samples" / "policy"
NUMBER = "青政办发〔2026〕6号"
PLAN = f"""青澜市人民政府办公室文件

{NUMBER}

青澜市人民政府办公室关于印发青澜市实习实训提升方案（演示）的通知

各县（区）人民政府，市政府各部门：

现将方案印发给你们，请认真组织实施。

青澜市人民政府办公室

2026年2月10日

青澜市实习实训提升方案（演示）

一、总体要求

（一）主要目标。到2027年底，建成校外实训基地20个，实习对口率达到80%。

二、重点任务

（一）公开实习岗位。每年发布实习岗位不少于3000个，按季更新。各校据此安排计划。（市教育局牵头，市人力资源和社会保障局配合）

（二）落实实习补贴。原则上每校至少联系5家企业。到2027年底，实习对口率达到80%。（市财政局、市教育局分工负责）

（三）加强安全管理。到2026年6月底，建立实习风险通报制度。（责任单位：市教育局、市应急管理局，各县（区）人民政府）
"""


def upload_of(text: str = PLAN, *, name: str = "plan.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def uploaded(
    world: World, *, by: Person | None = None, text: str = PLAN, **facts: object
) -> PolicyDocument:
    """A document that waits to be read."""
    return upload_document(
        upload=upload_of(text),
        facts=UploadFacts(division=CITY, **facts),  # type: ignore[arg-type]
        actor=(by or world.coordinator).actor,
    )


def in_review(world: World, *, text: str = PLAN, **facts: object) -> PolicyDocument:
    """A document that was read and waits to be reviewed."""
    document = uploaded(world, text=text, **facts)
    run_queued_jobs()
    document.refresh_from_db()
    return document


def issued(world: World, *, text: str = PLAN, **facts: object) -> PolicyDocument:
    """A document that was confirmed and issued."""
    document = in_review(world, text=text, **facts)
    confirm_clear_clauses(document_id=document.pk, actor=world.coordinator.actor)
    return issue_document(document_id=document.pk, actor=world.coordinator.actor)


def clause_called(document: PolicyDocument, heading: str) -> Clause:
    return document.clauses.get(heading=heading)


def damaged(text: str = PLAN) -> str:
    """The plan with a date and a number that can be read in more than one way."""
    return text.replace("2026年2月10日", "2026年22月10日")
