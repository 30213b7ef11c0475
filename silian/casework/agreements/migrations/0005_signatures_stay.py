"""What somebody signed or refused stays as it was; only a withdrawn text drops its signatures."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION silian_signature_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'waiting' THEN
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
        IF (NEW.version_id, NEW.party_id) IS DISTINCT FROM (OLD.version_id, OLD.party_id) THEN
            RAISE EXCEPTION 'signature % belongs to its party and version', OLD.id;
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state = 'signed' AND NEW.state = 'dropped'
       AND to_jsonb(NEW) - 'state' - 'reason' = to_jsonb(OLD) - 'state' - 'reason'
       AND EXISTS (SELECT 1 FROM agreements_agreementversion
                   WHERE id = OLD.version_id AND state = 'withdrawn') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'signature % was given or refused and stays', OLD.id;
END $$;
CREATE TRIGGER signature_stays BEFORE UPDATE OR DELETE ON agreements_signature
    FOR EACH ROW EXECUTE FUNCTION silian_signature_stays();

CREATE FUNCTION silian_signature_of_its_agreement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM agreements_agreementversion version
                   JOIN agreements_party party ON party.agreement_id = version.agreement_id
                   WHERE version.id = NEW.version_id AND party.id = NEW.party_id) THEN
        RAISE EXCEPTION 'party % is no party of version %', NEW.party_id, NEW.version_id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER signature_of_its_agreement BEFORE INSERT ON agreements_signature
    FOR EACH ROW EXECUTE FUNCTION silian_signature_of_its_agreement();

CREATE FUNCTION silian_signed_copy_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.object_type = 'agreements.agreementversion' THEN
        RAISE EXCEPTION 'the signed copy % stays', OLD.id;
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER signed_copy_stays BEFORE UPDATE OR DELETE ON kernel_storedfile
    FOR EACH ROW EXECUTE FUNCTION silian_signed_copy_stays();
"""

BACKWARD = """
DROP TRIGGER signed_copy_stays ON kernel_storedfile;
DROP FUNCTION silian_signed_copy_stays();
DROP TRIGGER signature_of_its_agreement ON agreements_signature;
DROP FUNCTION silian_signature_of_its_agreement();
DROP TRIGGER signature_stays ON agreements_signature;
DROP FUNCTION silian_signature_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("agreements", "0004_sealed_texts"), ("kernel", "0009_cache_table")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
