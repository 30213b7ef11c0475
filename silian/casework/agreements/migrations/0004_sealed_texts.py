"""What was sent for signature stays; nothing is in force without every signature."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION silian_agreement_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'draft' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'version % was sent for signature and stays', OLD.id;
    END IF;
    IF (NEW.agreement_id, NEW.number, NEW.kind, NEW.changes, NEW.text, NEW.sha256, NEW.sent_at,
        NEW.replaces_id, NEW.reason)
       IS DISTINCT FROM
       (OLD.agreement_id, OLD.number, OLD.kind, OLD.changes, OLD.text, OLD.sha256, OLD.sent_at,
        OLD.replaces_id, OLD.reason) THEN
        RAISE EXCEPTION 'the text of version % is sealed', OLD.id;
    END IF;
    IF OLD.check_code IS NOT NULL AND NEW.check_code IS DISTINCT FROM OLD.check_code THEN
        RAISE EXCEPTION 'the check code of version % stays', OLD.id;
    END IF;
    IF OLD.state <> 'signing'
       AND (NEW.state, NEW.effective_from, NEW.signed_at)
           IS DISTINCT FROM (OLD.state, OLD.effective_from, OLD.signed_at) THEN
        RAISE EXCEPTION 'version % has come to its end and stays', OLD.id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER agreement_version_stays BEFORE UPDATE OR DELETE ON agreements_agreementversion
    FOR EACH ROW EXECUTE FUNCTION silian_agreement_version_stays();

CREATE FUNCTION silian_agreement_party_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.agreement_id, NEW.role, NEW.organisation_id, NEW.person_id,
        NEW.name) IS NOT DISTINCT FROM (OLD.agreement_id, OLD.role, OLD.organisation_id,
        OLD.person_id, OLD.name) THEN
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT 1 FROM agreements_agreementversion
               WHERE agreement_id = OLD.agreement_id AND state <> 'draft') THEN
        RAISE EXCEPTION 'party % stands in a text that was sent and stays', OLD.id;
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER agreement_party_stays BEFORE UPDATE OR DELETE ON agreements_party
    FOR EACH ROW EXECUTE FUNCTION silian_agreement_party_stays();

CREATE FUNCTION silian_kind_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'draft' AND (TG_OP = 'DELETE'
        OR (NEW.kind_id, NEW.number, NEW.definition) IS DISTINCT FROM
           (OLD.kind_id, OLD.number, OLD.definition)
        OR NEW.state = 'draft') THEN
        RAISE EXCEPTION 'version % of the kind is published and stays', OLD.id;
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER kind_version_stays BEFORE UPDATE OR DELETE ON agreements_kindversion
    FOR EACH ROW EXECUTE FUNCTION silian_kind_version_stays();

CREATE FUNCTION silian_signed_version_is_whole() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    present record;
BEGIN
    SELECT * INTO present FROM agreements_agreementversion WHERE id = NEW.id;
    IF NOT FOUND OR present.state <> 'signed' THEN
        RETURN NULL;
    END IF;
    IF EXISTS (SELECT 1 FROM agreements_signature
               WHERE version_id = present.id AND state NOT IN ('signed', 'dropped')) THEN
        RAISE EXCEPTION 'version % is not signed by everybody', present.id;
    END IF;
    IF present.kind = 'base' AND EXISTS (
        SELECT 1 FROM agreements_party party WHERE party.agreement_id = present.agreement_id
        AND NOT EXISTS (SELECT 1 FROM agreements_signature signature
                        WHERE signature.version_id = present.id
                        AND signature.party_id = party.id AND signature.state = 'signed')) THEN
        RAISE EXCEPTION 'base % lacks the signature of a party', present.id;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER signed_version_is_whole AFTER INSERT OR UPDATE OF state
    ON agreements_agreementversion DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION silian_signed_version_is_whole();

CREATE FUNCTION silian_agreement_in_force_is_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state IN ('active', 'suspended', 'terminated', 'ended')
       AND EXISTS (SELECT 1 FROM agreements_agreement WHERE id = NEW.id AND state = NEW.state)
       AND NOT EXISTS (SELECT 1 FROM agreements_agreementversion
                       WHERE agreement_id = NEW.id AND kind = 'base' AND state = 'signed') THEN
        RAISE EXCEPTION 'agreement % has no signed base', NEW.id;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER agreement_in_force_is_signed AFTER INSERT OR UPDATE OF state
    ON agreements_agreement DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION silian_agreement_in_force_is_signed();
"""

BACKWARD = """
DROP TRIGGER agreement_in_force_is_signed ON agreements_agreement;
DROP FUNCTION silian_agreement_in_force_is_signed();
DROP TRIGGER signed_version_is_whole ON agreements_agreementversion;
DROP FUNCTION silian_signed_version_is_whole();
DROP TRIGGER kind_version_stays ON agreements_kindversion;
DROP FUNCTION silian_kind_version_stays();
DROP TRIGGER agreement_party_stays ON agreements_party;
DROP FUNCTION silian_agreement_party_stays();
DROP TRIGGER agreement_version_stays ON agreements_agreementversion;
DROP FUNCTION silian_agreement_version_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("agreements", "0003_configured_kinds_and_numbers")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
