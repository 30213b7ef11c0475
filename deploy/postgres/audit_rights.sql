-- After the first migration: the web may add to the audit trail and read it, nothing else.
--
--   psql -f deploy/postgres/audit_rights.sql silian
REVOKE UPDATE, DELETE ON kernel_auditentry, kernel_auditlink FROM silian_app;
