"""Titles, prices and the kinds' own fields of the demonstration listings, kind by kind."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from silian.operations.exchange.choices import Side
from silian.operations.exchange.demo.trades import Trade

Made = dict[str, Any]
Maker = Callable[[random.Random, Trade, Side, datetime.date], Made]
LODGING = ("有，免费", "有，收费", "无，发补贴")


def hundreds(amount: float) -> Decimal:
    return Decimal(round(amount / 100) * 100)


def wage(rng: random.Random, trade: Trade) -> Decimal:
    return hundreds(rng.randint(*trade.wages))


def period(rng: random.Random, on: datetime.date, *, months: int) -> Made:
    starts = on + datetime.timedelta(days=rng.randint(-200, 150))
    return {"starts_on": starts, "ends_on": starts + datetime.timedelta(days=30 * months)}


def priced(low: Decimal | int, high: Decimal | int | None, unit: str) -> Made:
    top = low if high is None else high
    return {"price_min": Decimal(low), "price_max": Decimal(top), "price_unit": unit}


def internship(rng: random.Random, trade: Trade, side: Side, on: datetime.date) -> Made:
    same_post = wage(rng, trade)
    people = rng.randint(2, 30)
    return {
        "title": f"{trade.post}，实习 {people} 人",
        "description": f"{trade.duties}由企业导师带教，每周一次阶段小结，期满可优先录用。",
        "capacity": people,
        **priced(hundreds(float(same_post) * rng.uniform(0.8, 0.95)), None, "元/月"),
        **period(rng, on, months=rng.choice((3, 5, 6))),
        "details": {
            "same_post_wage": f"{same_post:.2f}",
            "hours_a_day": 8,
            "work_pattern": "白班",
            "lodging": rng.choice(LODGING),
            "mentor_ratio": rng.randint(3, 8),
            "hazards": "噪声，已配防护耳塞" if trade.chain == "高端装备" else "无",
            "insured": rng.random() < 0.7,
        },
    }


def job(rng: random.Random, trade: Trade, side: Side, on: datetime.date) -> Made:
    low = wage(rng, trade)
    people = rng.randint(1, 20)
    return {
        "title": f"{trade.post}，招 {people} 人",
        "description": f"{trade.duties}有晋升通道，技能等级与工资挂钩。",
        "capacity": people,
        **priced(low, hundreds(float(low) * rng.uniform(1.1, 1.5)), "元/月"),
        "details": {
            "employment": "全日制劳动合同",
            "education": rng.choice(("不限", "中职", "高职专科")),
            "skill_level": rng.choice(("不限", trade.level)),
            "duties": trade.duties,
            "requirements": f"熟悉{trade.courses[0]}，能看懂工艺文件。",
            "pay_parts": "基本工资、绩效和技能津贴",
            "work_pattern": rng.choice(("白班", "两班倒")),
            "lodging": rng.choice((["有食堂"], ["包住", "有食堂"], ["住房补贴"])),
            "insurance": ["养老", "医疗", "失业", "工伤", "生育", "住房公积金"],
            "fresh_graduates": True,
        },
    }


def apprenticeship(rng: random.Random, trade: Trade, side: Side, on: datetime.date) -> Made:
    people = rng.randint(10, 40)
    level = rng.choice(("中级工", "高级工"))
    return {
        "title": f"{trade.post}企业新型学徒，{people} 人",
        "description": f"校企双师带徒，培养{level}。{trade.duties}",
        "capacity": people,
        **priced(wage(rng, trade), None, "元/月"),
        **period(rng, on, months=12),
        "details": {
            "target_level": level,
            "source": ["新招用职工", "在职职工"],
            "months": 12,
            "training_hours": rng.choice((240, 320, 400)),
            "mentors": max(1, people // 6),
            "mentor_skill": "技师及以上",
            "rotation": f"前三个月在校学习{trade.courses[0]}，之后每季轮换一个岗位。",
            "after": "取得证书后定岗，工资上调一级。",
        },
    }


def order_class(rng: random.Random, trade: Trade, side: Side, on: datetime.date) -> Made:
    people = rng.choice((30, 35, 40, 45))
    return {
        "title": f"{trade.post}订单班，{people} 人，两年",
        "description": f"校企共同制定培养方案，企业承担{trade.courses[-1]}等课程。",
        "capacity": people,
        **priced(rng.choice((3000, 4000, 5000)), None, "元/生·年"),
        **period(rng, on, months=24),
        "details": {
            "promised_share": rng.choice((80, 85, 90)),
            "skill_level": trade.level if trade.level != "初级工" else "不要求",
            "start_wage": f"{wage(rng, trade):.2f}",
            "years": 2,
            "enterprise_courses": len(trade.courses),
            "workplaces": rng.randint(10, 24),
            "plan": f"第一年在校，第二年工学交替。核心课程：{'、'.join(trade.courses)}。",
            "exit_terms": "学生可在学期末退出；企业中途退出的，已投入费用不追回。",
        },
    }


def graduate_cohort(rng: random.Random, trade: Trade, side: Side, on: datetime.date) -> Made:
    people = rng.randint(15, 48)
    year = on.year + (1 if on.month > 6 else 0)
    return {
        "title": f"{year} 届{trade.post}方向毕业生，{people} 人",
        "description": f"已学{'、'.join(trade.courses)}，可安排岗位实习后录用。",
        "capacity": people,
        **priced(hundreds(trade.wages[0]), None, "元/月"),
        **period(rng, on, months=10),
        "details": {
            "education": "中职" if trade.majors[0][0] in "67" else "高职专科",
            "graduates_on": f"{year}-06-30",
            "internship_from": f"{year}-01-05",
            "skills": f"能独立完成：{trade.duties}",
            "certificates": f"{trade.level} {people * 2 // 3} 人",
            "origin": f"本市生源 {people * 3 // 4} 人",
        },
    }


def technical_problem(rng: random.Random, trade: Trade, side: Side, on: datetime.date) -> Made:
    title, indicators = rng.choice(trade.problems)
    months = rng.choice((6, 9, 12))
    return {
        "title": title,
        "description": f"现场数据可提供。希望在 {months} 个月内形成可稳定运行的方案。",
        "capacity": 1,
        **priced(rng.choice((120_000, 200_000, 360_000, 500_000)), None, "元"),
        **period(rng, on, months=months),
        "details": {
            "problem_class": rng.choice(("关键技术", "核心工艺", "共性问题")),
            "topic_origin": "生产一线",
            "origin_detail": f"{trade.post}岗位的实际生产问题。",
            "present_state": "已试过调整工艺参数，效果不稳定。",
            "indicators": indicators,
            "delivery_months": months,
            "delivery": "工艺文件、验证报告和现场调试",
            "secrecy": rng.choice(("可公开", "洽谈前签保密约定")),
            "intellectual_property": "协议约定",
            "joint_application": rng.random() < 0.5,
        },
    }


def course_package(rng: random.Random, trade: Trade, side: Side, on: datetime.date) -> Made:
    course = rng.choice(trade.courses)
    hours = rng.choice((32, 48, 64, 80))
    wanted = "采购" if side == Side.DEMAND else ""
    return {
        "title": f"{wanted}{course}培训包，{hours} 课时",
        "description": f"面向{trade.post}岗位，按真实任务组织教学。",
        "capacity": rng.choice((30, 40, 60)),
        **priced(rng.choice((600, 980, 1200, 1680)), None, "元/人"),
        **period(rng, on, months=12),
        "details": {
            "package_kind": rng.choice(("企业员工培训", "职业技能培训", "在校课程")),
            "buyer": ["企业", "职业院校"],
            "hours": hours,
            "mode": rng.choice(("线下", "线上线下结合", "送教上门")),
            "contents": f"{course}的基础、典型任务和综合考核三个单元。",
            "teachers": "校企混编教学团队 3 人",
            "class_size": 30,
            "delivery": "开班前一周交付讲义和实训清单",
            "acceptance": "结业考核通过率不低于约定比例，学员评价留存。",
            "certificate": "结业证明",
        },
    }


def equipment_hours(rng: random.Random, trade: Trade, side: Side, on: datetime.date) -> Made:
    equipment = rng.choice(trade.equipment)
    weekly = rng.choice((8, 12, 16, 20))
    head = "需要" if side == Side.DEMAND else ""
    return {
        "title": f"{head}{equipment}，每周 {weekly} 机时",
        "description": f"可用于{trade.courses[0]}教学和小批量试制。",
        "capacity": weekly * 20,
        **priced(rng.choice((80, 120, 180, 260)), None, "元/机时"),
        **period(rng, on, months=6),
        "details": {
            "equipment": equipment,
            "model": "教学生产两用型",
            "capability": trade.problems[0][1],
            "weekly_hours": weekly,
            "operator": "可配操作员",
            "teaching_free": 4,
            "materials": "耗材由使用方承担",
            "safety": "首次使用须完成 2 小时安全培训",
        },
    }


def training_places(rng: random.Random, trade: Trade, side: Side, on: datetime.date) -> Made:
    places = rng.choice((20, 30, 40, 48))
    return {
        "title": f"{trade.equipment[0]}实训工位 {places} 个",
        "description": f"可承接{trade.post}岗前实训和技能竞赛集训。",
        "capacity": places,
        **priced(rng.choice((60, 80, 120)), None, "元/人·天"),
        **period(rng, on, months=8),
        "details": {
            "base_kind": rng.choice(("学校实训中心", "公共实训基地", "产业学院")),
            "projects": "、".join(trade.courses),
            "session_days": rng.choice((5, 10, 20)),
            "trainers": rng.randint(2, 6),
            "lodging": "可安排，收费",
            "certificate": f"{trade.post}{trade.level}",
            "safety": "专职安全员在场，进场前完成安全教育。",
        },
    }


def teacher_mentor(rng: random.Random, trade: Trade, side: Side, on: datetime.date) -> Made:
    people = rng.randint(1, 4)
    wanted = side == Side.DEMAND
    head = f"聘{trade.courses[0]}兼职教师" if wanted else f"可派{trade.courses[0]}技术能手任教"
    return {
        "title": f"{head} {people} 名",
        "description": "每周到校一天，参与课程设计和实训指导。",
        "capacity": people,
        **priced(rng.choice((120, 150, 200)), None, "元/课时"),
        **period(rng, on, months=5),
        "details": {
            "role": "企业技术人员任教",
            "field": trade.courses[0],
            "title_or_level": "高级工及以上",
            "practice_years": rng.randint(5, 15),
            "tasks": f"承担{trade.courses[0]}实训课，指导学生完成典型任务。",
            "load": "每周 8 课时",
            "employer_agrees": True,
        },
    }


def research_result(rng: random.Random, trade: Trade, side: Side, on: datetime.date) -> Made:
    return {
        "title": rng.choice(trade.results),
        "description": f"来自{trade.chain}方向的应用研究，已在合作企业验证。",
        **priced(rng.choice((50_000, 120_000, 300_000)), None, "元"),
        "details": {
            "result_kind": rng.choice(("发明专利", "实用新型专利", "软件著作权")),
            "maturity": rng.choice(("小试", "中试", "小批量生产")),
            "advantage": "比现用做法减少一道工序，合格率提高。",
            "uses": f"{trade.post}岗位的生产现场",
            "rights": "单独所有",
            "transfer_ways": ["普通许可", "先使用后付费"],
            "support": "提供三个月现场调试",
        },
    }


def technical_service(rng: random.Random, trade: Trade, side: Side, on: datetime.date) -> Made:
    return {
        "title": f"{trade.chain}{rng.choice(('检验检测', '工艺改进', '数字化改造'))}服务",
        "description": f"服务{trade.chain}企业，可到现场。",
        "capacity": rng.randint(6, 30),
        **priced(rng.choice((3000, 8000, 20_000)), None, "元/项"),
        "details": {
            "service_kind": rng.choice(("检验检测", "工艺改进", "数字化改造")),
            "qualification": "校内实验室，检测设备按期校准",
            "turnaround": rng.choice((5, 10, 20)),
            "acceptance": "出具报告并现场讲解",
            "cases": "已服务 6 家中小企业",
        },
    }
