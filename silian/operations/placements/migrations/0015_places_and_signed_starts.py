"""No write of any kind overfills a post or puts a student in post without a signed agreement.

Headcount is counted over all schools under the lock that ``commands.capacity.lock_host`` takes.
A start is checked when the transaction ends; that an agreement in force is signed by everybody is
held by the triggers of agreements. Rows of the demonstration begin in the past, without papers.
"""

from django.db import migrations

PLACES = """
CREATE FUNCTION placements_peak(
    at_post bigint, since date, until date, leaving_out bigint
) RETURNS integer LANGUAGE sql VOLATILE AS $$
    WITH held AS (
        SELECT starts_on, ends_on FROM placements_internship
        WHERE post_id = at_post AND id <> leaving_out AND kind <> 'observation'
          AND state IN ('planned', 'preparing', 'in_post', 'interrupted')
          AND starts_on < until AND ends_on > since
    ), days AS (SELECT since AS day UNION SELECT starts_on FROM held WHERE starts_on > since)
    SELECT COALESCE(max((SELECT count(*) FROM held
                         WHERE held.starts_on <= days.day AND held.ends_on > days.day)), 0)::integer
    FROM days
$$;

CREATE FUNCTION placements_internship_finds_room() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    places integer;
BEGIN
    IF NEW.kind = 'observation'
       OR NEW.state NOT IN ('planned', 'preparing', 'in_post', 'interrupted') THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.kind <> 'observation'
       AND OLD.state IN ('planned', 'preparing', 'in_post', 'interrupted')
       AND OLD.post_id = NEW.post_id
       AND OLD.starts_on <= NEW.starts_on AND OLD.ends_on >= NEW.ends_on THEN
        RETURN NULL;
    END IF;
    PERFORM pg_advisory_xact_lock(5411040, NEW.organisation_id::integer);
    SELECT headcount INTO places FROM placements_internshippost WHERE id = NEW.post_id;
    IF 1 + placements_peak(NEW.post_id, NEW.starts_on, NEW.ends_on, NEW.id) > places THEN
        RAISE EXCEPTION 'internship %: post % takes % at a time', NEW.id, NEW.post_id, places
            USING ERRCODE = 'check_violation', CONSTRAINT = 'internship_finds_room';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER internship_finds_room
    AFTER INSERT OR UPDATE OF state, kind, post_id, starts_on, ends_on ON placements_internship
    FOR EACH ROW EXECUTE FUNCTION placements_internship_finds_room();

CREATE FUNCTION placements_post_keeps_room() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(5411040, NEW.organisation_id::integer);
    IF placements_peak(NEW.id, placements_today(), 'infinity', 0) > NEW.headcount THEN
        RAISE EXCEPTION 'post %: more students are placed than % places', NEW.id, NEW.headcount
            USING ERRCODE = 'check_violation', CONSTRAINT = 'internship_finds_room';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER post_keeps_room AFTER UPDATE OF headcount ON placements_internshippost
    FOR EACH ROW WHEN (NEW.headcount < OLD.headcount)
    EXECUTE FUNCTION placements_post_keeps_room();
"""
PLACES_BACK = """
DROP TRIGGER post_keeps_room ON placements_internshippost;
DROP FUNCTION placements_post_keeps_room();
DROP TRIGGER internship_finds_room ON placements_internship;
DROP FUNCTION placements_internship_finds_room();
DROP FUNCTION placements_peak(bigint, date, date, bigint);
"""

STARTS = """
CREATE FUNCTION placements_start_is_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.state IN ('in_post', 'interrupted') THEN
        RETURN NULL;
    END IF;
    IF EXISTS (SELECT 1 FROM placements_internship
               WHERE id = NEW.id AND state IN ('in_post', 'interrupted'))
       AND NOT EXISTS (
            SELECT 1 FROM agreements_agreement
            WHERE source = 'placements.internship' AND source_id = NEW.id AND state = 'active'
              AND starts_on <= NEW.starts_on AND ends_on >= NEW.ends_on) THEN
        RAISE EXCEPTION 'internship %: in post without a signed agreement', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'internship_start_is_signed';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER internship_start_is_signed
    AFTER INSERT OR UPDATE OF state ON placements_internship DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW
    WHEN (NEW.state IN ('in_post', 'interrupted') AND NEW.kind <> 'observation' AND NOT NEW.is_demo)
    EXECUTE FUNCTION placements_start_is_signed();
"""
STARTS_BACK = """
DROP TRIGGER internship_start_is_signed ON placements_internship;
DROP FUNCTION placements_start_is_signed();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("placements", "0014_consent_link_attempts"),
        ("agreements", "0006_link_made_at"),
    ]

    operations = [
        migrations.RunSQL(PLACES, PLACES_BACK),
        migrations.RunSQL(STARTS, STARTS_BACK),
    ]
