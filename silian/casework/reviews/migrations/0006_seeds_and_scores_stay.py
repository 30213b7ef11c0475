"""An announced seed stays; no score opens, and none is drawn, against the rules."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION silian_draw_seed_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.value = '' AND NEW.source = OLD.source
       AND NEW.known_on = OLD.known_on AND NEW.campaign_id = OLD.campaign_id THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the seed of campaign % was published and stays', OLD.campaign_id;
END $$;
CREATE TRIGGER draw_seed_stays BEFORE UPDATE OR DELETE ON reviews_drawseed
    FOR EACH ROW EXECUTE FUNCTION silian_draw_seed_stays();

CREATE FUNCTION silian_campaign_seed_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the seed of campaign % was published and stays', OLD.id;
END $$;
CREATE TRIGGER campaign_seed_stays BEFORE UPDATE ON reviews_campaign
    FOR EACH ROW WHEN (OLD.draw_seed <> '' AND NEW.draw_seed <> OLD.draw_seed)
    EXECUTE FUNCTION silian_campaign_seed_stays();

CREATE FUNCTION silian_assignment_independent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM reviews_expert expert
        JOIN reviews_dossier dossier ON dossier.id = NEW.dossier_id
        WHERE expert.id = NEW.expert_id AND expert.organisation_id = dossier.applicant_id
    ) THEN
        RAISE EXCEPTION 'expert % works for the applicant of dossier %',
            NEW.expert_id, NEW.dossier_id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER assignment_independent BEFORE INSERT ON reviews_assignment
    FOR EACH ROW EXECUTE FUNCTION silian_assignment_independent();

CREATE FUNCTION silian_assignment_blind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'submitted' AND to_jsonb(NEW) - 'opened_at' <> to_jsonb(OLD) - 'opened_at' THEN
        RAISE EXCEPTION 'the scores of assignment % were handed in and stay', OLD.id;
    END IF;
    IF OLD.opened_at IS NULL AND NEW.opened_at IS NOT NULL AND EXISTS (
        SELECT 1 FROM reviews_assignment other
        WHERE other.dossier_id = NEW.dossier_id AND other.state IN ('invited', 'accepted')
    ) THEN
        RAISE EXCEPTION 'an expert of dossier % has not handed in', NEW.dossier_id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER assignment_blind BEFORE UPDATE ON reviews_assignment
    FOR EACH ROW EXECUTE FUNCTION silian_assignment_blind();
"""

BACKWARD = """
DROP TRIGGER assignment_blind ON reviews_assignment;
DROP FUNCTION silian_assignment_blind();
DROP TRIGGER assignment_independent ON reviews_assignment;
DROP FUNCTION silian_assignment_independent();
DROP TRIGGER campaign_seed_stays ON reviews_campaign;
DROP FUNCTION silian_campaign_seed_stays();
DROP TRIGGER draw_seed_stays ON reviews_drawseed;
DROP FUNCTION silian_draw_seed_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0005_seeds_visitors_and_opened_scores")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
