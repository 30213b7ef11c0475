"""Sent versions, published schemes, draws, votes, decisions and acts never change."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION silian_review_row_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% % was recorded and stays', TG_TABLE_NAME, OLD.id;
END $$;
CREATE TRIGGER dossier_version_stays BEFORE UPDATE OR DELETE ON reviews_dossierversion
    FOR EACH ROW EXECUTE FUNCTION silian_review_row_stays();
CREATE TRIGGER draw_stays BEFORE UPDATE OR DELETE ON reviews_draw
    FOR EACH ROW EXECUTE FUNCTION silian_review_row_stays();
CREATE TRIGGER vote_stays BEFORE UPDATE OR DELETE ON reviews_vote
    FOR EACH ROW EXECUTE FUNCTION silian_review_row_stays();
CREATE TRIGGER decision_stays BEFORE UPDATE OR DELETE ON reviews_decision
    FOR EACH ROW EXECUTE FUNCTION silian_review_row_stays();
CREATE TRIGGER recognition_act_stays BEFORE UPDATE OR DELETE ON reviews_recognitionact
    FOR EACH ROW EXECUTE FUNCTION silian_review_row_stays();
CREATE TRIGGER seat_stays BEFORE UPDATE OR DELETE ON reviews_seat
    FOR EACH ROW EXECUTE FUNCTION silian_review_row_stays();

CREATE FUNCTION silian_scheme_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'draft' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state = 'published' AND NEW.state = 'retired'
       AND to_jsonb(NEW) - 'state' = to_jsonb(OLD) - 'state' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'scheme version % was published and stays', OLD.id;
END $$;
CREATE TRIGGER scheme_version_stays BEFORE UPDATE OR DELETE ON reviews_schemeversion
    FOR EACH ROW EXECUTE FUNCTION silian_scheme_version_stays();

CREATE FUNCTION silian_expert_score_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE task bigint := CASE TG_OP WHEN 'INSERT' THEN NEW.assignment_id ELSE OLD.assignment_id END;
BEGIN
    IF EXISTS (SELECT 1 FROM reviews_assignment WHERE id = task AND state = 'submitted') THEN
        RAISE EXCEPTION 'the scores of assignment % were handed in and stay', task;
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER expert_score_stays BEFORE INSERT OR UPDATE OR DELETE ON reviews_score
    FOR EACH ROW EXECUTE FUNCTION silian_expert_score_stays();
"""

BACKWARD = """
DROP TRIGGER expert_score_stays ON reviews_score;
DROP FUNCTION silian_expert_score_stays();
DROP TRIGGER scheme_version_stays ON reviews_schemeversion;
DROP FUNCTION silian_scheme_version_stays();
DROP TRIGGER seat_stays ON reviews_seat;
DROP TRIGGER recognition_act_stays ON reviews_recognitionact;
DROP TRIGGER decision_stays ON reviews_decision;
DROP TRIGGER vote_stays ON reviews_vote;
DROP TRIGGER draw_stays ON reviews_draw;
DROP TRIGGER dossier_version_stays ON reviews_dossierversion;
DROP FUNCTION silian_review_row_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_schemes_dossiers_and_recognitions")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
