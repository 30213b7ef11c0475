"""职工教育与技能提升: the yearly return of the staff training fund, checked and corrected."""
