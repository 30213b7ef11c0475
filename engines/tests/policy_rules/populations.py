"""Invented cases for a rule (生成的事例): the same population as columns and one by one."""

from datetime import date

import numpy as np
from silian_engines.policy_rules.populations import Members
from silian_engines.policy_rules.showing import input_shower

EDGES = [0, 1, 2, 49, 50, 51, 99, 100, 101, 12_345, 10_000_000, 999_999_999_999]


def column(fact, size, random):
    """Values of one fact in smallest units, with edges among them."""
    if fact.unit == "是否":
        return random.integers(0, 2, size).astype(bool)
    if fact.choices:
        priced = min(2, len(fact.choices)) if fact.name == "level" else len(fact.choices)
        return random.integers(0, priced, size)
    if fact.unit == "日期":
        return random.integers(date(2008, 1, 1).toordinal(), date(2024, 1, 1).toordinal(), size)
    values = 10 ** random.uniform(0, 11 if fact.unit == "元" else 4, size)
    values = np.where(random.random(size) < 0.2, random.choice(EDGES[:9], size), values)
    values = np.minimum(values.astype(np.int64), fact.largest)
    if fact.may_be_negative:
        values = np.where(random.random(size) < 0.2, -values, values)
    return values


def members(fact, size, random):
    counts = random.integers(fact.at_least, 6, size)
    offsets = np.concatenate([[0], np.cumsum(counts)])
    fields = {each.name: column(each, offsets[-1], random) for each in fact.each}
    if "last_day" in fields:
        fields["last_day"] = fields["first_day"] + random.integers(0, 200, offsets[-1])
    if "ends_on" in fields:
        fields["ends_on"] = fields["starts_on"] + random.integers(-3, 60, offsets[-1])
    return Members(offsets, fields)


def population(rule, *, size, seed):
    random = np.random.default_rng(seed)
    return {
        fact.name: members(fact, size, random) if fact.each else column(fact, size, random)
        for fact in rule.inputs
    }


def priced(columns, closed):
    """The same, with no case in an option for which the policy names no value."""
    for name, places in closed.items():
        if name in columns:
            first_open = next(place for place in range(99) if place not in places)
            hit = np.isin(columns[name], list(places))
            columns[name] = np.where(hit, first_open, columns[name])
    return columns


def stated(fact, value):
    """A whole number as a user would state it."""
    plain = value.item() if hasattr(value, "item") else value
    if fact.unit == "文字":
        return str(plain)
    return input_shower(fact)(bool(plain) if fact.unit == "是否" else plain)


def case(rule, columns, row):
    """The facts of one case, as a user would state them."""
    facts = {}
    for fact in rule.inputs:
        values = columns[fact.name]
        if isinstance(values, Members):
            rows = range(values.offsets[row], values.offsets[row + 1])
            facts[fact.name] = [
                {each.name: stated(each, values.fields[each.name][at]) for each in fact.each}
                for at in rows
            ]
        else:
            facts[fact.name] = stated(fact, values[row])
    return facts
