"""How large and how noisy a made-up market is; every assumption stands here (市场设定)."""

from __future__ import annotations

from dataclasses import dataclass

# Which needs and offers may meet at all, as in the hall.
MEETS = frozenset(
    {
        ("job", "graduate_cohort"),
        ("internship", "graduate_cohort"),
        ("order_class", "graduate_cohort"),
        ("order_class", "order_class"),
        ("technical_problem", "research_result"),
        ("technical_problem", "equipment_hours"),
        ("technical_problem", "technical_service"),
        ("equipment_hours", "equipment_hours"),
        ("teacher_mentor", "teacher_mentor"),
    }
)
NEED_KINDS = {
    "job": 0.40,
    "internship": 0.25,
    "order_class": 0.08,
    "technical_problem": 0.15,
    "equipment_hours": 0.05,
    "teacher_mentor": 0.07,
}
OFFER_KINDS = {
    "graduate_cohort": 0.62,
    "order_class": 0.06,
    "research_result": 0.08,
    "equipment_hours": 0.08,
    "technical_service": 0.08,
    "teacher_mentor": 0.08,
}


@dataclass(frozen=True, kw_only=True)
class Telling:
    """How much of somebody shows: words, noise, and fields that are missing or wrong."""

    usual_words: float = 20.0
    from_trades: float = 0.45
    from_skills: float = 0.22
    from_other_trades: float = 0.08  # the rest is noise that everybody writes
    dialect: float = 0.7  # how differently the two sides name the same thing, as a logarithm
    skill_sharpness: float = 2.0
    occupation_given: float = 0.7
    occupation_right: float = 0.85
    majors_given_by_needs: float = 0.5
    majors_given_by_offers: float = 0.75
    industry_given: float = 0.8
    division_given: float = 0.97
    quantity_given: float = 0.7
    period_given: float = 0.6


@dataclass(frozen=True, kw_only=True)
class Wanting:
    """What people go by. Taste and chance show in no text; taste shows in choices, chance never."""

    skill: float = 2.4
    place: float = 0.7
    period: float = 0.6
    number: float = 0.3
    quality: float = 0.4
    taste: float = 0.5
    chance: float = 0.5
    asking_level: float = 1.1
    accepting_level: float = 0.8


@dataclass(frozen=True, kw_only=True)
class Showing:
    """How people come to see each other before there is any recommendation; the rest is chance."""

    seen_by_needs: float = 12.0
    seen_by_offers: float = 4.0
    by_popularity: float = 0.4
    by_words: float = 0.3
    by_place: float = 0.12
    by_occupation: float = 0.08
    popularity_power: float = 0.9
    prominence: float = 0.8
    asks_by_need: int = 6
    asks_by_offer: int = 3


@dataclass(frozen=True, kw_only=True)
class MarketPlan:
    """A market to be made; the seed decides everything."""

    needs: int = 5_000
    offers: int = 20_000
    past_seasons: int = 8
    future_seasons: int = 2
    trades: int = 240
    skills: int = 24
    cities: int = 12
    counties: int = 5
    late_comers: float = 0.15  # during the past
    newcomers: float = 0.07  # with the future
    need_places: float = 4.0
    offer_places: float = 1.5
    telling: Telling = Telling()
    wanting: Wanting = Wanting()
    showing: Showing = Showing()
    seed: int = 1
