-- Two roles: one owns the tables and runs migrations, one only reads and writes rows.
-- Whoever may change tables could switch the audit's triggers off; the web must not be able to.
--
--   psql -v app="'password'" -v owner="'password'" -f deploy/postgres/roles.sql postgres
CREATE ROLE silian_owner LOGIN PASSWORD :owner;
CREATE ROLE silian_app LOGIN PASSWORD :app;
CREATE DATABASE silian OWNER silian_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
REVOKE ALL ON DATABASE silian FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE silian TO silian_app;
\connect silian
ALTER SCHEMA public OWNER TO silian_owner;
GRANT USAGE ON SCHEMA public TO silian_app;
ALTER DEFAULT PRIVILEGES FOR ROLE silian_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO silian_app;
ALTER DEFAULT PRIVILEGES FOR ROLE silian_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO silian_app;
ALTER DEFAULT PRIVILEGES FOR ROLE silian_owner IN SCHEMA public
    GRANT EXECUTE ON FUNCTIONS TO silian_app;
