"""The audit trail is append-only, and each committed entry is linked into one hash chain."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION silian_audit_hash(entry kernel_auditentry, place bigint, previous text)
RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(concat_ws(
        E'\\x1f', place, previous, entry.id, extract(epoch FROM entry.happened_at),
        coalesce(entry.actor_id::text, ''), entry.actor_name,
        coalesce(entry.organisation_id::text, ''), entry.organisation_name, entry.address,
        entry.action, entry.object_type, entry.object_id, entry.object_label, entry.division,
        entry.reason, entry.detail::text
    ), 'UTF8')), 'hex')
$$;

CREATE FUNCTION silian_audit_link() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last_sequence bigint;
    last_hash text;
BEGIN
    PERFORM pg_advisory_xact_lock(5411001);
    SELECT sequence, hash INTO last_sequence, last_hash
    FROM kernel_auditlink ORDER BY sequence DESC LIMIT 1;
    last_sequence := coalesce(last_sequence, 0) + 1;
    last_hash := coalesce(last_hash, repeat('0', 64));
    INSERT INTO kernel_auditlink (entry_id, sequence, previous_hash, hash)
    VALUES (NEW.id, last_sequence, last_hash, silian_audit_hash(NEW, last_sequence, last_hash));
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER audit_link AFTER INSERT ON kernel_auditentry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION silian_audit_link();

CREATE FUNCTION silian_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '审计记录不可修改或删除 (%)', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON kernel_auditentry
    FOR EACH ROW EXECUTE FUNCTION silian_refuse_change();
CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON kernel_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION silian_refuse_change();
CREATE TRIGGER audit_link_append_only BEFORE UPDATE OR DELETE ON kernel_auditlink
    FOR EACH ROW EXECUTE FUNCTION silian_refuse_change();
CREATE TRIGGER audit_link_no_truncate BEFORE TRUNCATE ON kernel_auditlink
    FOR EACH STATEMENT EXECUTE FUNCTION silian_refuse_change();
"""
BACKWARD = """
DROP TRIGGER audit_link_no_truncate ON kernel_auditlink;
DROP TRIGGER audit_link_append_only ON kernel_auditlink;
DROP TRIGGER audit_entry_no_truncate ON kernel_auditentry;
DROP TRIGGER audit_entry_append_only ON kernel_auditentry;
DROP FUNCTION silian_refuse_change();
DROP TRIGGER audit_link ON kernel_auditentry;
DROP FUNCTION silian_audit_link();
DROP FUNCTION silian_audit_hash(kernel_auditentry, bigint, text);
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_audit_trail")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
