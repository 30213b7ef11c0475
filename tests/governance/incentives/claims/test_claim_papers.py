"""Papers of a claim are made from what the platform knows, and told when the data changed."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.files import file_readable_by, read_content
from silian.foundation.kernel.models import AuditEntry
from silian.foundation.kernel.sheets import rows_of
from silian.governance.incentives.choices.claim_papers import PaperKind, PaperStanding
from silian.governance.incentives.choices.claims import ClaimScheme, ClaimState
from silian.governance.incentives.commands.claim_paper_making import make_papers
from silian.governance.incentives.commands.claim_papers import (
    add_paper,
    add_result,
    remove_paper,
)
from silian.governance.incentives.commands.claims import change_claim
from silian.governance.incentives.gateways.claim_rules import AWARD
from silian.governance.incentives.gateways.claim_schemes import book_for
from silian.governance.incentives.models import Claim, ClaimPaper
from silian.governance.incentives.queries.claim_papers import outdated_documents, papers_of
from silian.registers.organisations.models import Organisation
from silian.registers.policies.models import Parameter
from tests.governance.incentives.claims import stage
from tests.governance.incentives.claims.stage import NOW
from tests.world import World

pytestmark = pytest.mark.django_db
MADE = [kind.value for kind in PaperKind]


def drafted(world: World, *, students: int = 2) -> Claim:
    """A claim in draft with its account and the papers of one's own."""
    for number in range(students):
        stage.worked(world, name=f"演示学生{number + 1}")
    claim = stage.started(world, stage.opened_call(world)[0])
    return with_own_papers(world, claim)


def with_own_papers(world: World, claim: Claim, *, advance: str = "0") -> Claim:
    with_account(world, claim, advance=advance)
    for each in book_for(claim.call.scheme).asked_with_claim:
        if not each.made and claim.call.scheme != ClaimScheme.INNOVATION:
            upload(world, claim, each.code)
    return Claim.objects.select_related("call", "organisation").get(pk=claim.pk)


def with_account(
    world: World, claim: Claim, number: str = stage.ACCOUNT, *, advance: str = "0"
) -> None:
    change_claim(
        claim_id=claim.pk, advance_asked=Decimal(advance), bank_name="青澜农村商业银行",
        account_number=number, statement="按名册申领", actor=world.enterprise.actor,
    )  # fmt: skip


def upload(world: World, claim: Claim, code: str) -> ClaimPaper:
    file = SimpleUploadedFile(f"{code}.pdf", stage.PDF, content_type="application/pdf")
    return add_paper(claim_id=claim.pk, code=code, upload=file, actor=world.enterprise.actor)


def made(world: World, claim: Claim, *codes: str) -> list[ClaimPaper]:
    return make_papers(claim_id=claim.pk, codes=codes, actor=world.enterprise.actor, now=NOW)


def words(paper: ClaimPaper) -> str:
    reader = PdfReader(io.BytesIO(read_content(paper.file)))
    return "".join("".join(page.extract_text() for page in reader.pages).split())


def paper(claim: Claim, code: str, *, whole: bool = False, ending: str = ".pdf") -> ClaimPaper:
    return claim.papers.get(code=code, shows_account=whole, file__name__endswith=ending)


def standings(world: World, claim: Claim) -> dict[str, PaperStanding]:
    claim = Claim.objects.select_related("call", "organisation").get(pk=claim.pk)
    return {each.document.code: each.standing for each in papers_of(claim, world.enterprise.actor)}


def test_one_click_makes_every_paper_that_the_platform_knows(world: World) -> None:
    claim = drafted(world)
    assert standings(world, claim)["form"] == PaperStanding.TO_MAKE
    rows = made(world, claim)
    assert {each.code for each in rows} == set(MADE)
    assert all(each.is_made and len(each.file.sha256) == 64 for each in rows)
    assert {standings(world, claim)[code] for code in MADE} == {PaperStanding.MADE}
    said = AuditEntry.objects.get(action="incentives.papers.made")
    assert "花名册" in said.reason
    assert stage.submitted(world, claim).state == ClaimState.REVIEW


def test_the_form_says_who_what_how_much_and_by_which_clause(world: World) -> None:
    claim = drafted(world)
    made(world, claim, "form")
    said = words(paper(claim, "form"))
    unit = claim.organisation
    for each in (unit.name, unit.uscc, claim.call.number, "青澜农村商业银行", "2名学生，12个月"):
        assert each.replace(" ", "") in said
    assert "2,400元（大写）人民币贰仟肆佰元整" in said
    assert "200元/生·月" in said
    assert "三政办〔2020〕9号三（三）" in said
    assert f"版本{Claim.objects.get(pk=claim.pk).rule_version}" in said
    assert f"编号{claim.number}-01" in said
    assert "第1页，共2页" in said
    assert "演示数据，不具法律效力" in said


def test_the_roster_adds_up_to_the_claim_in_print_and_as_a_sheet(world: World) -> None:
    claim = drafted(world, students=3)
    Organisation.objects.filter(pk=claim.organisation_id).update(is_demo=False)
    made(world, claim, "roster")
    claim.refresh_from_db()
    sheet = paper(claim, "roster", ending=".xlsx")
    rows = rows_of(name=sheet.file.name, content=read_content(sheet.file))
    heads = [row for row in rows if row[0].isdecimal()]
    assert rows[2][-1] == "金额（元）"
    assert sum(Decimal(row[-1]) for row in heads) == claim.planned == 3600
    assert Decimal(rows[-1][-1]) == claim.planned
    said = words(paper(claim, "roster"))
    assert said.count("1,200") == 3
    assert "合计3名学生，18个月" in said
    assert "演示数据，不具法律效力" not in said
    assert "数控技术" in said


def test_the_calculation_and_the_pledge_name_amount_and_addressee(world: World) -> None:
    claim = drafted(world)
    made(world, claim)
    sums, pledge = words(paper(claim, "sums")), words(paper(claim, "pledge"))
    assert sums.count("6个月×200元") == 2
    assert "合计2名学生2,400" in sums
    assert claim.call.owner.name in pledge
    assert "申领金额2,400元" in pledge
    assert "六、我单位知道" in pledge


def test_apprentices_come_with_level_contract_and_advance(world: World) -> None:
    row = stage.programme(world)
    call, _ = stage.opened_call(world, scheme=ClaimScheme.APPRENTICESHIP)
    claim = stage.started(world, call, subject_id=row.pk)
    with_own_papers(world, claim, advance="3000")
    made(world, claim)
    claim.refresh_from_db()
    roster, form = words(paper(claim, "roster")), words(paper(claim, "form"))
    assert "2025-09-01至2027-08-31" in roster
    assert row.level in roster
    assert row.title.replace(" ", "") in form
    assert "申请预支3,000元预支上限5,000元" in form


def test_results_are_listed_with_their_evidence(world: World) -> None:
    claim = results_claim(world)
    made(world, claim)
    roster = words(paper(claim, "roster"))
    assert "成果清单" in roster
    assert "主轴补偿技术技术攻关" in roster
    assert "验收.pdf" in roster
    assert "50,000" in roster


def results_claim(world: World) -> Claim:
    """A claim with one result, in a region that set an amount."""
    Parameter.objects.create(
        division_id="990100", code="P06", name=AWARD, title="奖补金额", value=50000, unit="元",
        force="mandatory", source="本地文件", place="第八条", valid_from=stage.FROM,
    )  # fmt: skip
    claim = stage.started(world, stage.opened_call(world, scheme=ClaimScheme.INNOVATION)[0])
    upload = SimpleUploadedFile("验收.pdf", stage.PDF, content_type="application/pdf")
    add_result(
        claim_id=claim.pk, title="主轴补偿技术", kind="技术攻关", day=stage.FROM, pieces=1,
        upload=upload, actor=world.enterprise.actor, today=stage.TODAY,
    )  # fmt: skip
    return with_own_papers(world, claim)


def test_the_account_is_whole_only_for_those_with_the_right(world: World) -> None:
    claim = drafted(world)
    made(world, claim)
    stage.submitted(world, claim)
    whole, masked = paper(claim, "form", whole=True), paper(claim, "form")
    assert stage.ACCOUNT in words(whole)
    assert stage.ACCOUNT not in words(masked)
    assert "****5678" in words(masked)
    assert file_readable_by(world.enterprise.actor, file_id=whole.file_id)
    assert not file_readable_by(world.supervisor.actor, file_id=whole.file_id)
    assert file_readable_by(world.supervisor.actor, file_id=masked.file_id)
    assert not file_readable_by(world.rival.actor, file_id=masked.file_id)
    lines = papers_of(Claim.objects.get(pk=claim.pk), world.supervisor.actor)
    form = next(each for each in lines if each.document.code == "form")
    assert form.papers == [masked]
    assert not form.may_make


def test_the_leading_department_reads_the_account_that_it_pays_to(world: World) -> None:
    call, books = stage.opened_call(world)
    stage.worked(world)
    claim = with_own_papers(world, stage.started(world, call))
    made(world, claim)
    stage.submitted(world, claim)
    form = paper(claim, "form", whole=True)
    assert file_readable_by(books.owner.actor, file_id=form.file_id)
    assert not file_readable_by(world.reviewer.actor, file_id=form.file_id)


def test_changed_items_make_the_papers_outdated_and_stop_the_hand_in(world: World) -> None:
    claim = drafted(world)
    made(world, claim)
    stage.worked(world, name="演示学生9")
    with pytest.raises(DomainError, match="实习学生花名册、资金计算明细表、申领承诺书.*不能提交"):
        stage.submitted(world, claim)
    assert Claim.objects.get(pk=claim.pk).state == ClaimState.DRAFT
    made(world, claim)
    assert stage.submitted(world, claim).planned == 3600


def test_the_page_says_what_changed_since(world: World) -> None:
    claim = drafted(world)
    made(world, claim)
    stage.worked(world, name="演示学生9")
    client = world.enterprise.client
    client.post(reverse("incentives:claim_refresh", args=[claim.pk]))
    text = client.get(reverse("incentives:claim_edit", args=[claim.pk])).content.decode()
    assert "需重新生成" in text
    assert "计入 2 项 → 3 项" in text
    assert "金额 2,400.00 元 → 3,600.00 元" in text


def test_another_account_outdates_the_form_alone(world: World) -> None:
    claim = drafted(world)
    made(world, claim)
    with_account(world, claim, "6222020200099995678")
    claim = Claim.objects.select_related("call", "organisation").get(pk=claim.pk)
    assert [each.code for each in outdated_documents(claim)] == ["form"]
    made(world, claim)
    assert "6222020200099995678" in words(paper(claim, "form", whole=True))


def test_nothing_changed_nothing_is_made_again(world: World) -> None:
    claim = drafted(world)
    before = {each.pk for each in made(world, claim)}
    assert made(world, claim) == []
    assert {each.pk for each in claim.papers.filter(made_at__isnull=False)} == before


def test_a_signed_scan_takes_the_mark_and_is_outdated_with_it(world: World) -> None:
    claim = drafted(world)
    made(world, claim)
    scan = upload(world, claim, "pledge")
    assert scan.is_signed
    assert standings(world, claim)["pledge"] == PaperStanding.SIGNED
    assert AuditEntry.objects.filter(action="incentives.papers.signed").count() == 1
    stage.worked(world, name="演示学生9")
    made(world, claim)
    assert not ClaimPaper.objects.filter(pk=scan.pk).exists()
    assert standings(world, claim)["pledge"] == PaperStanding.MADE


def test_a_scan_of_the_form_is_as_secret_as_the_form(world: World) -> None:
    claim = drafted(world)
    made(world, claim)
    scan = upload(world, claim, "form")
    stage.submitted(world, claim)
    assert not file_readable_by(world.supervisor.actor, file_id=scan.file_id)
    assert file_readable_by(world.enterprise.actor, file_id=scan.file_id)


def test_a_paper_of_ones_own_is_never_outdated(world: World) -> None:
    claim = drafted(world)
    for code in MADE:
        upload(world, claim, code)
    assert standings(world, claim)["form"] == PaperStanding.UPLOADED
    stage.worked(world, name="演示学生9")
    assert stage.submitted(world, claim).state == ClaimState.REVIEW


def test_removed_papers_are_missing_again(world: World) -> None:
    claim = drafted(world)
    form, *_ = made(world, claim, "form")
    remove_paper(claim_id=claim.pk, paper_id=form.pk, actor=world.enterprise.actor)
    assert not claim.papers.filter(code="form").exists()
    with pytest.raises(DomainError, match="还缺"):
        stage.submitted(world, claim)


def test_after_the_hand_in_papers_are_read_only(world: World) -> None:
    claim = drafted(world)
    made(world, claim)
    stage.submitted(world, claim)
    with pytest.raises(WrongState, match="不能重新生成"):
        made(world, claim)
    address = reverse("incentives:claim_detail", args=[claim.pk])
    text = world.enterprise.client.get(address).content.decode()
    assert "只读" in text
    assert "一键生成全部" not in text


def test_only_the_unit_makes_its_papers(world: World) -> None:
    claim = drafted(world)
    address = reverse("incentives:claim_papers_make", args=[claim.pk])
    assert world.rival.client.post(address).status_code == 404
    with pytest.raises(Claim.DoesNotExist):
        make_papers(claim_id=claim.pk, actor=world.rival.actor, now=NOW)
    stage.submitted(world, claim_with_papers(world, claim))
    with pytest.raises(NotAllowed):
        make_papers(claim_id=claim.pk, actor=world.supervisor.actor, now=NOW)


def claim_with_papers(world: World, claim: Claim) -> Claim:
    made(world, claim)
    return claim


def test_the_button_makes_one_or_all(world: World) -> None:
    claim = drafted(world)
    address = reverse("incentives:claim_papers_make", args=[claim.pk])
    client = world.enterprise.client
    assert client.post(address, {"code": "pledge"}).status_code == 302
    assert set(claim.papers.filter(made_at__isnull=False).values_list("code", flat=True)) == {
        "pledge"
    }
    assert client.post(address).status_code == 302
    assert claim.papers.filter(made_at__isnull=False).count() == 6
    assert client.post(address, {"code": "attendance"}).status_code == 404


def test_papers_cost_the_same_queries_with_3_and_30_students(world: World) -> None:
    claim = drafted(world, students=3)
    made(world, claim)
    address = reverse("incentives:claim_edit", args=[claim.pk])
    few = queries_of(world, address)
    for number in range(3, 30):
        stage.worked(world, name=f"演示学生{number + 1}")
    made(world, claim)
    assert queries_of(world, address) == few


def queries_of(world: World, address: str) -> int:
    world.enterprise.client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert world.enterprise.client.get(address).status_code == 200
    return len(seen.captured_queries)
