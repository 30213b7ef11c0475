"""The facts of a record never change once it holds; a settled answer stays."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION silian_credit_record_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'credit record % stays', OLD.id;
    END IF;
    IF to_jsonb(NEW) - '{state,is_disputed,confirmed_by_id,confirmed_at,ended_at,end_reason}'::text[]
       IS DISTINCT FROM
       to_jsonb(OLD) - '{state,is_disputed,confirmed_by_id,confirmed_at,ended_at,end_reason}'::text[]
    THEN
        RAISE EXCEPTION 'the facts of credit record % stay', OLD.id;
    END IF;
    IF OLD.state NOT IN ('proposed', 'in_force') AND NEW.state <> OLD.state THEN
        RAISE EXCEPTION 'credit record % has ended', OLD.id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER credit_record_stays BEFORE UPDATE OR DELETE ON credit_creditrecord
    FOR EACH ROW EXECUTE FUNCTION silian_credit_record_stays();

CREATE FUNCTION silian_credit_reading_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'reading % was noted and stays', OLD.id;
END $$;
CREATE TRIGGER credit_reading_stays BEFORE UPDATE OR DELETE ON credit_creditreading
    FOR EACH ROW EXECUTE FUNCTION silian_credit_reading_stays();
"""

BACKWARD = """
DROP TRIGGER credit_reading_stays ON credit_creditreading;
DROP FUNCTION silian_credit_reading_stays();
DROP TRIGGER credit_record_stays ON credit_creditrecord;
DROP FUNCTION silian_credit_record_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("credit", "0001_corrections_and_records")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
