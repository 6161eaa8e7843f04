-- VALID UNTIL ends no session, so they are ended. DROP ROLE fails while anything is the user's, so that goes first.
-- Who comes in between finds a session without a role, which may read nothing.
GRANT "{{name}}" TO CURRENT_USER;
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{{name}}';
DROP OWNED BY "{{name}}";
DROP ROLE "{{name}}";
