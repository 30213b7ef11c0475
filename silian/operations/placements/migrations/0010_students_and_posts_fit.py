"""No write of any kind puts a student where age, sex or the clock forbid it.

The dated bounds stand in ``placements_bounds``; a test holds them equal to the rulebook.
"""

from django.db import migrations

BOUNDS = """
CREATE FUNCTION placements_bounds(day date)
RETURNS TABLE (name text, number numeric) LANGUAGE sql IMMUTABLE AS $$
    SELECT bound.name, bound.number FROM (VALUES
        ('least_age', 16, date '2021-12-31'),
        ('adult_age', 18, date '2021-01-01'),
        ('heaviest_labour', 2, date '2021-12-31'),
        ('lift_times', 6, date '2012-04-28'),
        ('lift_kg_repeated', 20, date '2012-04-28'),
        ('lift_kg_single', 25, date '2012-04-28')
    ) AS bound (name, number, valid_from) WHERE bound.valid_from <= day
$$;

CREATE FUNCTION placements_bound(wanted text, day date) RETURNS numeric
LANGUAGE sql IMMUTABLE AS $$
    SELECT number FROM placements_bounds(day) WHERE name = wanted
$$;

CREATE FUNCTION placements_minors_hazards() RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT ARRAY['height', 'underground', 'radiation', 'toxic', 'flammable', 'dust',
                 'high_temperature', 'heavy_lifting', 'health_harm']
$$;

CREATE FUNCTION placements_women_hazards() RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT ARRAY['underground']
$$;

CREATE FUNCTION placements_today() RETURNS date LANGUAGE sql STABLE AS $$
    SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date
$$;
"""
BOUNDS_BACK = """
DROP FUNCTION placements_bound(text, date);
DROP FUNCTION placements_bounds(date);
DROP FUNCTION placements_minors_hazards();
DROP FUNCTION placements_women_hazards();
DROP FUNCTION placements_today();
"""

FIT = """
CREATE FUNCTION placements_misfit(
    born date, sex text, kind text, day date, hazards text[], intensity integer,
    lift_kg numeric, lifts_per_hour integer
) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    age integer := date_part('year', age(day, born));
    lifts boolean := lift_kg > placements_bound('lift_kg_single', day)
        OR (lifts_per_hour >= placements_bound('lift_times', day)
            AND lift_kg > placements_bound('lift_kg_repeated', day));
BEGIN
    IF kind <> 'observation' AND placements_bound('least_age', day) IS NOT NULL
       AND (age IS NULL OR age < placements_bound('least_age', day)) THEN
        RETURN 'IN-18b: under the least age on the first day, or no date of birth';
    END IF;
    IF placements_bound('heaviest_labour', day) IS NOT NULL
       AND intensity > placements_bound('heaviest_labour', day) THEN
        RETURN 'IN-18g: labour too heavy for any student';
    END IF;
    IF (age IS NULL OR age < placements_bound('adult_age', day))
       AND (hazards && placements_minors_hazards() OR lifts) THEN
        RETURN 'IN-18c: a minor at a post forbidden to minors';
    END IF;
    IF sex IS DISTINCT FROM 'male'
       AND (hazards && placements_women_hazards() OR lifts) THEN
        RETURN 'IN-18d: a woman at a post forbidden to women';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION placements_first_day(
    internship bigint, post bigint, planned date
) RETURNS date LANGUAGE sql STABLE AS $$
    -- a student who moved began at the present post on the day of the move, never later than today
    SELECT CASE WHEN max(period.starts_on) IS NULL THEN planned
        ELSE GREATEST(planned, LEAST(max(period.starts_on), placements_today())) END
    FROM placements_postperiod AS period
    WHERE period.internship_id = internship AND period.post_id = post AND period.ends_on IS NULL
$$;

CREATE FUNCTION placements_internship_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    misfit text;
BEGIN
    IF NEW.state IN ('planned', 'preparing', 'in_post', 'interrupted') THEN
        SELECT placements_misfit(
            person.born_on, person.sex, NEW.kind,
            placements_first_day(NEW.id, NEW.post_id, NEW.starts_on),
            post.hazards::text[], post.intensity, post.lift_kg, post.lifts_per_hour
        ) INTO misfit
        FROM people_person AS person, placements_internshippost AS post
        WHERE person.id = NEW.person_id AND post.id = NEW.post_id;
        IF misfit IS NOT NULL THEN
            RAISE EXCEPTION 'internship %: %', NEW.id, misfit
                USING ERRCODE = 'check_violation', CONSTRAINT = 'internship_fits';
        END IF;
    END IF;
    IF NEW.state = 'in_post' AND NOT NEW.is_demo
       AND (TG_OP = 'INSERT' OR OLD.state NOT IN ('in_post', 'interrupted')
            OR NEW.started_on < OLD.started_on)
       AND (NEW.started_on IS NULL OR NEW.started_on < placements_today()) THEN
        RAISE EXCEPTION 'internship %: a start cannot be dated back', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'internship_not_back_dated';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER internship_fits BEFORE INSERT OR UPDATE ON placements_internship
    FOR EACH ROW EXECUTE FUNCTION placements_internship_fits();

CREATE FUNCTION placements_post_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    misfit text;
BEGIN
    SELECT found.misfit INTO misfit FROM (
        SELECT placements_misfit(
            person.born_on, person.sex, internship.kind,
            placements_first_day(internship.id, internship.post_id, internship.starts_on),
            NEW.hazards::text[], NEW.intensity, NEW.lift_kg, NEW.lifts_per_hour
        ) AS misfit
        FROM placements_internship AS internship
        JOIN people_person AS person ON person.id = internship.person_id
        WHERE internship.post_id = NEW.id
          AND internship.state IN ('planned', 'preparing', 'in_post', 'interrupted')
    ) AS found WHERE found.misfit IS NOT NULL LIMIT 1;
    IF misfit IS NOT NULL THEN
        RAISE EXCEPTION 'post %: %', NEW.id, misfit
            USING ERRCODE = 'check_violation', CONSTRAINT = 'internship_fits';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER post_fits
    BEFORE UPDATE OF hazards, intensity, lift_kg, lifts_per_hour ON placements_internshippost
    FOR EACH ROW
    WHEN ((OLD.hazards, OLD.intensity, OLD.lift_kg, OLD.lifts_per_hour)
          IS DISTINCT FROM (NEW.hazards, NEW.intensity, NEW.lift_kg, NEW.lifts_per_hour))
    EXECUTE FUNCTION placements_post_fits();

CREATE FUNCTION placements_person_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    misfit text;
BEGIN
    SELECT found.misfit INTO misfit FROM (
        SELECT placements_misfit(
            NEW.born_on, NEW.sex, internship.kind,
            placements_first_day(internship.id, internship.post_id, internship.starts_on),
            post.hazards::text[], post.intensity, post.lift_kg, post.lifts_per_hour
        ) AS misfit
        FROM placements_internship AS internship
        JOIN placements_internshippost AS post ON post.id = internship.post_id
        WHERE internship.person_id = NEW.id
          AND internship.state IN ('planned', 'preparing', 'in_post', 'interrupted')
    ) AS found WHERE found.misfit IS NOT NULL LIMIT 1;
    IF misfit IS NOT NULL THEN
        RAISE EXCEPTION 'person %: %', NEW.id, misfit
            USING ERRCODE = 'check_violation', CONSTRAINT = 'internship_fits';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER person_fits BEFORE UPDATE OF born_on, sex ON people_person
    FOR EACH ROW
    WHEN ((OLD.born_on, OLD.sex) IS DISTINCT FROM (NEW.born_on, NEW.sex))
    EXECUTE FUNCTION placements_person_fits();
"""
FIT_BACK = """
DROP TRIGGER person_fits ON people_person;
DROP FUNCTION placements_person_fits();
DROP TRIGGER post_fits ON placements_internshippost;
DROP FUNCTION placements_post_fits();
DROP TRIGGER internship_fits ON placements_internship;
DROP FUNCTION placements_internship_fits();
DROP FUNCTION placements_first_day(bigint, bigint, date);
DROP FUNCTION placements_misfit(date, text, text, date, text[], integer, numeric, integer);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("placements", "0009_hosts_refused_with_reason"),
        ("people", "0003_sex"),
    ]

    operations = [
        migrations.RunSQL(BOUNDS, BOUNDS_BACK),
        migrations.RunSQL(FIT, FIT_BACK),
    ]
