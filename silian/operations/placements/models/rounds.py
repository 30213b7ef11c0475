"""Rounds in which the students of a school rank posts, and what a round is computed from."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from silian.operations.placements.choices.internships import (
    InternshipKind,
)
from silian.operations.placements.choices.rounds import (
    PriorityBasis,
    ReserveKind,
    RoundState,
)
from silian.operations.placements.models.hosts import Host
from silian.operations.placements.models.plans import InternshipPlan
from silian.operations.placements.models.posts import InternshipPost
from silian.registers.accounts.models import User
from silian.registers.organisations.models import Organisation
from silian.registers.people.models import Person
from silian.registers.programmes.models import SchoolClass


class Round(models.Model):
    """A school gives its posts out by wishes and scores (岗位志愿分配轮次).

    ``seed`` draws the lottery that breaks ties; it is fixed and shown to everybody before the
    first wish is made. ``group_order`` says which group counts for a student who belongs to
    several. ``host_weight`` is the share of a host's score, in percent.
    """

    school = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="placement_rounds", verbose_name="学校"
    )
    title = models.CharField("名称", max_length=120)
    kind = models.CharField("实习形式", max_length=12, choices=InternshipKind.choices)
    plans = models.ManyToManyField(InternshipPlan, related_name="rounds", verbose_name="实习方案")
    starts_on = models.DateField("实习起始日")
    ends_on = models.DateField("实习终止日（不含）")
    wishes_open_at = models.DateTimeField("志愿开始")
    wishes_close_at = models.DateTimeField("志愿截止")
    ranking_closes_at = models.DateTimeField("单位评分截止")
    objections_close_at = models.DateTimeField("异议截止", null=True, blank=True)
    most_wishes = models.PositiveSmallIntegerField("最多志愿数", default=5)
    basis = models.CharField(
        "排序依据", max_length=8, choices=PriorityBasis.choices, default=PriorityBasis.SCORE
    )
    host_weight = models.PositiveSmallIntegerField("单位评分占比（%）", default=0)
    score_name = models.CharField("成绩名称", max_length=60, blank=True)
    group_order = ArrayField(
        models.CharField(max_length=8, choices=ReserveKind.choices),
        default=list,
        blank=True,
        verbose_name="组别认定次序",
    )
    seed = models.BigIntegerField("抽签种子", null=True, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=RoundState.choices, default=RoundState.DRAFT
    )
    previous = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="next_round",
        verbose_name="上一轮",
    )
    published_run = models.OneToOneField(
        "RoundRun",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="公布的结果",
    )
    published_at = models.DateTimeField("公布时间", null=True, blank=True)
    closed_at = models.DateTimeField("结束时间", null=True, blank=True)
    created_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="建立人"
    )
    created_at = models.DateTimeField("建立时间", auto_now_add=True)
    is_demo = models.BooleanField("演示数据", default=False)

    class Meta:
        verbose_name = "志愿分配轮次"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=RoundState.values), name="round_state_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="round_period_ordered"
            ),
            models.CheckConstraint(
                condition=Q(wishes_close_at__gt=F("wishes_open_at"))
                & Q(ranking_closes_at__gte=F("wishes_close_at")),
                name="round_windows_ordered",
            ),
            models.CheckConstraint(
                condition=Q(most_wishes__gte=1, most_wishes__lte=15, host_weight__lte=100),
                name="round_rules_possible",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[RoundState.DRAFT, RoundState.CANCELLED])
                | Q(seed__isnull=False),
                name="round_open_with_seed",
            ),
            models.CheckConstraint(
                condition=~Q(
                    state__in=[RoundState.PUBLISHED, RoundState.OBJECTIONS, RoundState.CLOSED]
                )
                | Q(published_run__isnull=False, published_at__isnull=False),
                name="round_published_with_a_run",
            ),
        ]
        indexes = [models.Index(fields=["school", "state"], name="round_by_school")]

    def __str__(self) -> str:
        return self.title


class RoundStudent(models.Model):
    """A student who takes part in a round (参加轮次的学生).

    ``score`` is what the school's list says, 0 to 100. ``decline_reason`` says why the student is
    not placed by this round; age and major are read from the registers when the round is solved.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="students")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="placement_rounds", verbose_name="学生"
    )
    school_class = models.ForeignKey(
        SchoolClass, on_delete=models.PROTECT, related_name="+", verbose_name="班级"
    )
    plan = models.ForeignKey(
        InternshipPlan, on_delete=models.PROTECT, related_name="+", verbose_name="实习方案"
    )
    number = models.CharField("学号", max_length=30)
    score = models.DecimalField("成绩", max_digits=5, decimal_places=2, null=True, blank=True)
    county_code = models.CharField("生源区县", max_length=6, blank=True)
    needs_lodging = models.BooleanField("需要住宿", default=False)
    is_eligible = models.BooleanField("参加本轮", default=True)
    is_absent = models.BooleanField("缺席本轮", default=False)
    decline_reason = models.CharField("不参加的原因", max_length=200, blank=True)
    wished_at = models.DateTimeField("最近提交志愿", null=True, blank=True)

    class Meta:
        verbose_name = "参加轮次的学生"
        ordering = ["round", "number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="student_in_a_round_once"),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=100),
                name="round_score_to_a_hundred",
            ),
            models.CheckConstraint(
                condition=(Q(is_eligible=True, is_absent=False)) | ~Q(decline_reason=""),
                name="round_student_left_out_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.person}"


class RoundPost(models.Model):
    """A post on offer in a round, with the places that this school may fill (轮次岗位)."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="posts")
    post = models.ForeignKey(
        InternshipPost, on_delete=models.PROTECT, related_name="rounds", verbose_name="岗位"
    )
    host = models.ForeignKey(
        Host, on_delete=models.PROTECT, related_name="round_posts", verbose_name="实习单位"
    )
    places = models.PositiveSmallIntegerField("名额")
    ranked_at = models.DateTimeField("单位评分时间", null=True, blank=True)

    class Meta:
        verbose_name = "轮次岗位"
        ordering = ["round", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "post"], name="post_in_a_round_once")
        ]

    def __str__(self) -> str:
        return f"{self.post} {self.places}"


class RoundReserve(models.Model):
    """Places of a post kept for a group first, and the most it may take (预留名额与上限).

    ``value`` is a division, a two-digit 专业大类, or empty for lodging and minors.
    """

    round_post = models.ForeignKey(RoundPost, on_delete=models.CASCADE, related_name="reserves")
    kind = models.CharField("组别", max_length=8, choices=ReserveKind.choices)
    value = models.CharField("取值", max_length=12, blank=True)
    seats = models.PositiveSmallIntegerField("预留", default=0)
    ceiling = models.PositiveSmallIntegerField("上限", null=True, blank=True)

    class Meta:
        verbose_name = "预留名额"
        constraints = [
            models.UniqueConstraint(
                fields=["round_post", "kind", "value"], name="reserve_of_a_group_once"
            ),
            models.CheckConstraint(
                condition=Q(ceiling__isnull=True) | Q(ceiling__gte=F("seats")),
                name="reserve_below_ceiling",
            ),
            models.CheckConstraint(
                condition=Q(seats__gt=0) | Q(ceiling__isnull=False), name="reserve_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.value} {self.seats}"


class Wish(models.Model):
    """One post in a student's list, 1 for the dearest (志愿)."""

    student = models.ForeignKey(RoundStudent, on_delete=models.CASCADE, related_name="wishes")
    round_post = models.ForeignKey(RoundPost, on_delete=models.CASCADE, related_name="wishes")
    rank = models.PositiveSmallIntegerField("志愿顺序")

    class Meta:
        verbose_name = "志愿"
        ordering = ["student", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["student", "round_post"], name="post_wished_once"),
            models.UniqueConstraint(fields=["student", "rank"], name="wish_of_a_rank_once"),
            models.CheckConstraint(condition=Q(rank__gte=1), name="wish_ranks_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.rank} {self.round_post}"


class HostRank(models.Model):
    """What a host gives one student who named its post, 0 to 100 (单位评分)."""

    round_post = models.ForeignKey(RoundPost, on_delete=models.CASCADE, related_name="ranks")
    student = models.ForeignKey(RoundStudent, on_delete=models.CASCADE, related_name="ranks")
    score = models.DecimalField("评分", max_digits=5, decimal_places=2)
    ranked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ranked_at = models.DateTimeField("评分时间")

    class Meta:
        verbose_name = "单位评分"
        constraints = [
            models.UniqueConstraint(
                fields=["round_post", "student"], name="student_ranked_by_a_post_once"
            ),
            models.CheckConstraint(
                condition=Q(score__gte=0, score__lte=100), name="host_score_to_a_hundred"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student} {self.score}"
