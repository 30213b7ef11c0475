"""Outside a draft a training plan, its courses and its standards are fixed."""

from django.db import migrations

CONTENT = ("programme_id", "version", "cohort_from", "goal", "content_renewal", "based_on_id")
OUT = ("approved_by_id", "approved_at", "submitted_at")


def row(record: str, columns: tuple[str, ...]) -> str:
    return f"({', '.join(f'{record}.{column}' for column in columns)})"


FORWARD = f"""
CREATE FUNCTION silian_training_plan_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.state IN ('approved', 'superseded') THEN
            RAISE EXCEPTION 'training plan % is approved and stays', OLD.id;
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.state <> 'draft'
       AND {row("NEW", CONTENT)} IS DISTINCT FROM {row("OLD", CONTENT)} THEN
        RAISE EXCEPTION 'the content of training plan % is fixed outside a draft', OLD.id;
    END IF;
    IF OLD.state IN ('approved', 'superseded') THEN
        IF {row("NEW", OUT)} IS DISTINCT FROM {row("OLD", OUT)}
           OR NOT (NEW.state = OLD.state
                   OR (OLD.state = 'approved' AND NEW.state = 'superseded')) THEN
            RAISE EXCEPTION 'training plan % is approved and stays', OLD.id;
        END IF;
        IF coalesce(NEW.cohort_until, 32767) > coalesce(OLD.cohort_until, 32767) THEN
            RAISE EXCEPTION 'training plan % cannot be extended to more cohorts', OLD.id;
        END IF;
    ELSIF NEW.state = 'superseded' THEN
        RAISE EXCEPTION 'training plan % was never approved', OLD.id;
    END IF;
    IF NEW.state = 'approved' AND OLD.state <> 'approved' AND EXISTS (
        SELECT 1 FROM programmes_planauthor WHERE plan_id = NEW.id AND state <> 'agreed'
    ) THEN
        RAISE EXCEPTION 'an enterprise has not agreed to training plan %', OLD.id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER training_plan_stays BEFORE UPDATE OR DELETE ON programmes_trainingplan
    FOR EACH ROW EXECUTE FUNCTION silian_training_plan_stays();

CREATE FUNCTION silian_training_plan_parts_stay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        touched := ARRAY[(to_jsonb(NEW) ->> TG_ARGV[0])::bigint];
    ELSIF TG_OP = 'DELETE' THEN
        touched := ARRAY[(to_jsonb(OLD) ->> TG_ARGV[0])::bigint];
    ELSE
        touched := ARRAY[(to_jsonb(OLD) ->> TG_ARGV[0])::bigint,
                         (to_jsonb(NEW) ->> TG_ARGV[0])::bigint];
    END IF;
    IF EXISTS (
        SELECT 1 FROM programmes_trainingplan WHERE id = ANY (touched) AND state <> 'draft'
    ) THEN
        RAISE EXCEPTION 'the parts of training plan % are fixed outside a draft', touched;
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER training_plan_courses_stay
    BEFORE INSERT OR UPDATE OR DELETE ON programmes_plancourse
    FOR EACH ROW EXECUTE FUNCTION silian_training_plan_parts_stay('plan_id');
CREATE TRIGGER training_plan_standards_stay
    BEFORE INSERT OR UPDATE OR DELETE ON programmes_trainingplan_standards
    FOR EACH ROW EXECUTE FUNCTION silian_training_plan_parts_stay('trainingplan_id');
CREATE TRIGGER training_plan_authors_stay
    BEFORE INSERT OR DELETE ON programmes_planauthor
    FOR EACH ROW EXECUTE FUNCTION silian_training_plan_parts_stay('plan_id');

CREATE FUNCTION silian_plan_author_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM programmes_trainingplan
        WHERE id = OLD.plan_id AND state IN ('approved', 'superseded')
    ) OR (NEW.plan_id, NEW.enterprise_id) IS DISTINCT FROM (OLD.plan_id, OLD.enterprise_id) THEN
        RAISE EXCEPTION 'the authors of training plan % are fixed', OLD.plan_id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER plan_author_stays BEFORE UPDATE ON programmes_planauthor
    FOR EACH ROW EXECUTE FUNCTION silian_plan_author_stays();
"""
BACKWARD = """
DROP TRIGGER plan_author_stays ON programmes_planauthor;
DROP FUNCTION silian_plan_author_stays();
DROP TRIGGER training_plan_authors_stay ON programmes_planauthor;
DROP TRIGGER training_plan_standards_stay ON programmes_trainingplan_standards;
DROP TRIGGER training_plan_courses_stay ON programmes_plancourse;
DROP FUNCTION silian_training_plan_parts_stay();
DROP TRIGGER training_plan_stays ON programmes_trainingplan;
DROP FUNCTION silian_training_plan_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("programmes", "0002_plans_standards_and_rosters")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
