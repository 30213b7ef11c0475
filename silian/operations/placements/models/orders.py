"""Order classes: an enterprise orders trained people from a school."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from silian.foundation.reference.models import Division, Occupation
from silian.operations.placements.choices.orders import (
    OrderSeat,
    OrderState,
)
from silian.operations.placements.rules.orders import ORDER_TONES, SEAT_TONES
from silian.registers.organisations.models import Organisation
from silian.registers.people.models import Person
from silian.registers.programmes.models import Programme


class ClassOrder(models.Model):
    """So many people of one occupation, trained by one school for one enterprise (订单班).

    ``head_count`` is what the enterprise ordered and promises to hire; ``wage`` is the promised
    pay after hiring, in yuan a month. ``ends_on`` is exclusive.
    """

    number = models.CharField("订单编号", max_length=30, unique=True)
    title = models.CharField("名称", max_length=120)
    enterprise = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="class_orders", verbose_name="订单企业"
    )
    school = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="ordered_classes", verbose_name="学校"
    )
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, related_name="+", verbose_name="用人地区"
    )
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="+", verbose_name="专业"
    )
    occupation = models.ForeignKey(
        Occupation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="职业（工种）",
    )
    shortage_reference = models.CharField("紧缺目录依据", max_length=120, blank=True)
    head_count = models.PositiveSmallIntegerField("订单人数")
    wage = models.DecimalField("录用后工资（元/月）", max_digits=9, decimal_places=2)
    commitments = models.TextField("企业承诺")
    terms = models.JSONField("其他协议条款", default=dict)
    starts_on = models.DateField("培养起始日")
    ends_on = models.DateField("培养终止日（不含）")
    state = models.CharField(
        "状态", max_length=10, choices=OrderState.choices, default=OrderState.DRAFT
    )
    closed_on = models.DateField("结束日", null=True, blank=True)
    end_reason = models.CharField("取消或提前结束原因", max_length=300, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)
    created_at = models.DateTimeField("起草时间", auto_now_add=True)

    class Meta:
        verbose_name = "订单班"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=models.F("starts_on")), name="order_period_ordered"
            ),
            models.CheckConstraint(condition=Q(head_count__gte=1), name="order_has_places"),
            models.CheckConstraint(
                condition=~Q(state=OrderState.CANCELLED) | ~Q(end_reason=""),
                name="order_cancelled_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(enterprise=models.F("school")), name="order_between_two"
            ),
        ]
        indexes = [
            models.Index(fields=["enterprise", "state"], name="order_by_enterprise"),
            models.Index(fields=["school", "state"], name="order_by_school"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("placements:order_detail", kwargs={"order_id": self.pk})

    @property
    def tone(self) -> str:
        """The status light of the state."""
        return ORDER_TONES[OrderState(self.state)]


class OrderMember(models.Model):
    """One student of an order class, from enrolment to hiring (订单学生)."""

    order = models.ForeignKey(ClassOrder, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="order_seats", verbose_name="学生"
    )
    number = models.CharField("学号", max_length=30)
    class_name = models.CharField("班级", max_length=60, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=OrderSeat.choices, default=OrderSeat.ENROLLED
    )
    joined_on = models.DateField("入班日")
    trained_on = models.DateField("培养结业日", null=True, blank=True)
    hired_on = models.DateField("录用日", null=True, blank=True)
    hired_wage = models.DecimalField(
        "实际工资（元/月）", max_digits=9, decimal_places=2, null=True, blank=True
    )
    reason = models.CharField("退出或未录用原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "订单学生"
        ordering = ["order", "number"]
        constraints = [
            models.UniqueConstraint(fields=["order", "person"], name="order_member_once"),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state__in=[OrderSeat.ENROLLED, OrderSeat.TRAINED]),
                name="student_in_one_order",
            ),
            models.CheckConstraint(
                condition=~Q(state=OrderSeat.HIRED) | Q(hired_on__isnull=False),
                name="order_member_hired_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[OrderSeat.LEFT, OrderSeat.NOT_HIRED]) | ~Q(reason=""),
                name="order_member_gone_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.order}"

    @property
    def tone(self) -> str:
        return SEAT_TONES[OrderSeat(self.state)]
