"""Titles, prices and own fields of joint undertakings, services, finance and venues."""

from __future__ import annotations

import datetime
import random

from silian.operations.exchange.choices import Side
from silian.operations.exchange.demo.details import Made, period, priced
from silian.operations.exchange.demo.trades import SOFT_TOPICS, Trade


def cooperation(rng: random.Random, trade: Trade, side: Side, on: datetime.date) -> Made:
    topic = rng.choice(SOFT_TOPICS)
    return {
        "title": f"{trade.chain}方向{topic}",
        "description": f"围绕{trade.post}等岗位，双方投入、共同管理、成果共享。",
        "capacity": 1,
        **priced(rng.choice((200_000, 500_000, 1_000_000)), None, "元"),
        **period(rng, on, months=36),
        "details": {
            "cooperation_kind": ["共建专业", "实训基地"],
            "we_offer": "场地、设备或课程，指定专人负责。",
            "we_seek": "真实项目、技术人员或资金投入。",
            "goals": f"三年培养 120 名{trade.post}",
            "sharing": "按投入比例分担，成果署名共享。",
        },
    }


def demonstration_project(rng: random.Random, trade: Trade, side: Side, on: datetime.date) -> Made:
    return {
        "title": f"{trade.chain}校企双元育人项目",
        "description": "校企共同招生、共同教学、共同评价，已运行两届。",
        **priced(rng.choice((800_000, 1_500_000)), None, "元"),
        **period(rng, on, months=36),
        "details": {
            "partners": "院校 1 所、企业 3 家",
            "prospects": f"{trade.chain}企业对{trade.post}需求持续增加。",
            "benefits": "毕业生本地就业比例提高，企业岗前培训缩短。",
            "demonstration": "培养方案、设备投入和评价办法可以照搬到同类专业。",
            "students": rng.randint(80, 240),
            "employed": rng.randint(50, 80),
            "results_count": rng.randint(2, 6),
            "evidence": "协议、培养方案、就业去向登记",
        },
    }


def integration_service(rng: random.Random, trade: Trade, side: Side, on: datetime.date) -> Made:
    return {
        "title": f"{trade.chain}企业实习与学徒管理服务",
        "description": "协助企业和院校办理计划、协议、保险和过程记录。",
        "capacity": rng.randint(5, 20),
        **priced(rng.choice((10_000, 30_000)), None, "元/年"),
        "details": {
            "service_kind": ["需求调查与预测", "会展与对接活动"],
            "service_mode": "购买服务",
            "qualification": "人力资源服务备案",
            "staff": rng.randint(5, 20),
            "clients": rng.randint(8, 40),
            "outcomes": "促成对接并跟踪到协议签订。",
            "acceptance": "按季提交服务报告，双方确认。",
        },
    }


def finance_product(rng: random.Random, trade: Trade, side: Side, on: datetime.date) -> Made:
    return {
        "title": f"{trade.chain}产教融合项目贷款",
        "description": "用于实训设备购置和基地建设。",
        **priced(500_000, 5_000_000, "元"),
        **period(rng, on, months=12),
        "details": {
            "product_kind": "项目贷款",
            "licence": "演示机构，无真实许可",
            "rate": "以签约时公布的利率为准",
            "term": "一至五年",
            "conditions": "有签约的校企合作项目和还款来源说明。",
            "days_to_decide": rng.choice((5, 7, 10)),
            "collateral": "信用或设备抵押",
        },
    }


def venue(rng: random.Random, trade: Trade, side: Side, on: datetime.date) -> Made:
    area = rng.choice((200, 450, 800))
    return {
        "title": f"可用作{trade.post}实训的厂房 {area} 平方米",
        "description": "水电和通风齐备，可分区使用。",
        "capacity": area,
        **priced(rng.choice((12, 18, 25)), None, "元/平方米·月"),
        **period(rng, on, months=24),
        "details": {
            "use": ["实训", "教学"],
            "seats": area // 6,
            "facilities": "380 V 电源、行车、消防验收合格",
            "rights": "自有",
            "open_hours": "工作日 8:00–18:00",
        },
    }
