"""The story as a table of contents, and where it takes place."""

from __future__ import annotations

import datetime
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from silian.casework.reviews.choices.schemes import SchemeVersionState
from silian.casework.reviews.demo.batch.applying import TITLE, Applying
from silian.casework.reviews.demo.batch.cast import Cast
from silian.casework.reviews.demo.batch.clock import StoryClock
from silian.casework.reviews.demo.batch.deciding import Deciding
from silian.casework.reviews.demo.batch.judging import Judging
from silian.casework.reviews.demo.batch.keeping import Keeping
from silian.casework.reviews.demo.dossiers import CITY, ENTERPRISE_SCHEME, PROVINCE
from silian.casework.reviews.models import Campaign, Dossier, SchemeVersion
from silian.foundation.kernel.actors import subtree_prefix
from silian.foundation.kernel.errors import DomainError
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Organisation

LEAST_APPLICANTS = 8  # fewer leave nobody for some of the fates
STARTS, LAST_EXIT = (7, 15), (8, 1)  # the exit of a summer's re-check is over by August
YEARS_BEFORE = 2  # a year of review and incubation, a year as certified
ASSEMBLED_BEFORE = datetime.timedelta(days=30)

Step = Callable[[], str]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One phase as it was done (进度)."""

    phase: str
    said: str
    since: datetime.date
    until: datetime.date
    seconds: float

    @property
    def days(self) -> int:
        return (self.until - self.since).days


@dataclass
class BatchStory:
    """The same batch from the same seed, day and number of applicants."""

    seed: int
    on: datetime.date
    applicants: int = 60

    def run(self) -> Iterator[Line]:
        """Do one phase after another; the caller holds the transaction."""
        rng = random.Random(self.seed)
        version = version_judged_by()
        refuse_second()
        last = self.on >= datetime.date(self.on.year, *LAST_EXIT)
        recheck_year = self.on.year if last else self.on.year - 1
        starts = datetime.date(recheck_year - YEARS_BEFORE, *STARTS)
        clock = StoryClock(starts=starts)
        with clock.running():
            cast = Cast(
                version=version,
                applicants=self.chosen(version, rng),
                rng=rng,
                since=starts - ASSEMBLED_BEFORE,
            )
            for phase, step in self.phases(cast, clock, rng, recheck_year=recheck_year):
                since, began = clock.today, time.monotonic()
                said = step()
                yield Line(
                    phase=phase,
                    said=said,
                    since=since,
                    until=clock.today,
                    seconds=time.monotonic() - began,
                )

    def phases(
        self, cast: Cast, clock: StoryClock, rng: random.Random, *, recheck_year: int
    ) -> Iterator[tuple[str, Step]]:
        """Each phase with what does it; later ones are made when the cast has come."""
        yield "人员到位", lambda: f"办理人员、专家和经办人 {cast.assemble()} 人"
        applying = Applying(cast=cast, clock=clock, rng=rng)
        judging = Judging(applying=applying, rng=rng)
        deciding = Deciding(applying=applying, rng=rng)
        keeping = Keeping(applying=applying, on=self.on, recheck_year=recheck_year)
        yield from (
            ("发布通知", applying.call),
            ("信用记录", applying.note_debt),
            ("填报提交", applying.apply),
            ("截止申报", applying.close),
            ("形式审查", applying.check),
            ("补正", applying.fix),
            ("部门意见", judging.opine),
            ("专家入库", judging.fill_pool),
            ("公开抽取", judging.draw),
            ("接受任务", judging.accept),
            ("专家盲评", judging.score),
            ("分差复核", judging.moderate),
            ("实地核查", judging.visit),
            ("排序", deciding.rank),
            ("集体审定", deciding.meet),
            ("公示", deciding.notice),
            ("异议", deciding.object),
            ("申诉", deciding.appeal),
            ("公布结果", deciding.conclude),
            ("申诉复核", deciding.settle_appeals),
            ("证书与目录", keeping.publish_catalogue),
            ("培育与认定", keeping.build_up),
            ("年度复核", keeping.recheck),
            ("取消与禁报", keeping.remove),
            ("证书查验", keeping.verify),
            ("再次申报", keeping.apply_again),
        )

    def chosen(self, version: SchemeVersion, rng: random.Random) -> list[Organisation]:
        """Enterprises of the region that have no file yet, the same for the same seed."""
        rows = Organisation.objects.filter(
            kind=OrganisationKind.ENTERPRISE,
            state=OrganisationState.VERIFIED,
            is_demo=True,
            division__code__startswith=subtree_prefix(version.scheme.division_id),
        ).exclude(pk__in=Dossier.objects.values("applicant_id"))
        known = list(rows.order_by("pk"))
        if not LEAST_APPLICANTS <= self.applicants <= len(known):
            raise DomainError(
                f"申报单位应在 {LEAST_APPLICANTS} 到 {len(known)} 家之间"
                f"（演示城市里还没有申报过的企业有 {len(known)} 家），请调整 --applicants。"
            )
        return rng.sample(known, self.applicants)


def version_judged_by() -> SchemeVersion:
    """The published built-in scheme, of the province before the city."""
    rows = SchemeVersion.objects.filter(
        scheme__code=ENTERPRISE_SCHEME,
        scheme__division_id__in=[PROVINCE, CITY],
        scheme__is_demo=True,
        state=SchemeVersionState.PUBLISHED,
    )
    found = rows.select_related("scheme__owner").order_by("scheme__division_id").first()
    if found is None:
        raise DomainError("没有找到演示城市和它的产教融合型企业认定方案，请先运行 silian demo。")
    return found


def refuse_second() -> None:
    """One story a database: its people and its credit item are there once."""
    known = Campaign.objects.filter(title__endswith=TITLE).order_by("pk").first()
    if known is not None:
        raise DomainError(
            f"“{known.title}”已经生成，不再重复生成。登录后打开 {known.get_absolute_url()} 查看。"
        )
