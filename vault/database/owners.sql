-- Run by the bootstrap as a user that may create roles (a hosted database's master user can). Any number of times.
--
-- Three roles that cannot sign in hold the rights; a user that Vault makes is a member of one of them for its hour.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['tasktracker_owner', 'tasktracker_app', 'tasktracker_backup'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', name);
        END IF;
    END LOOP;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tasktracker_vault') THEN
        CREATE ROLE tasktracker_vault NOLOGIN CREATEROLE;
    END IF;
    -- Whoever runs this hands things over to the owner, so must be able to become it.
    IF NOT pg_has_role(current_user, 'tasktracker_owner', 'USAGE') THEN
        EXECUTE format('GRANT tasktracker_owner TO %I', current_user);
    END IF;
END
$$;

GRANT tasktracker_owner, tasktracker_app, tasktracker_backup TO tasktracker_vault WITH ADMIN OPTION;
GRANT USAGE, CREATE ON SCHEMA public TO tasktracker_owner;

-- What is there already, of a time before Vault, becomes the owner's: tables with their sequences and indexes, views,
-- functions. What belongs to an extension stays with it.
DO $$
DECLARE
    thing record;
BEGIN
    FOR thing IN
        SELECT class.oid::regclass AS name, class.relkind = 'v' AS is_view FROM pg_class class
        WHERE class.relnamespace = 'public'::regnamespace AND class.relkind IN ('r', 'p', 'v')
        AND pg_get_userbyid(class.relowner) = current_user
        AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = class.oid AND deptype = 'e')
    LOOP
        EXECUTE format('ALTER %s %s OWNER TO tasktracker_owner', CASE WHEN thing.is_view THEN 'VIEW' ELSE 'TABLE' END, thing.name);
    END LOOP;
    FOR thing IN
        SELECT routine.oid::regprocedure AS name FROM pg_proc routine
        WHERE routine.pronamespace = 'public'::regnamespace AND pg_get_userbyid(routine.proowner) = current_user
        AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = routine.oid AND deptype = 'e')
    LOOP
        EXECUTE format('ALTER ROUTINE %s OWNER TO tasktracker_owner', thing.name);
    END LOOP;
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT, CREATE ON DATABASE %I TO tasktracker_owner', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO tasktracker_app, tasktracker_backup, tasktracker_vault', current_database());
END
$$;

GRANT USAGE ON SCHEMA public TO tasktracker_app, tasktracker_backup;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO tasktracker_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO tasktracker_app;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO tasktracker_backup;
GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO tasktracker_backup;
ALTER DEFAULT PRIVILEGES FOR ROLE tasktracker_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO tasktracker_app;
ALTER DEFAULT PRIVILEGES FOR ROLE tasktracker_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO tasktracker_app;
ALTER DEFAULT PRIVILEGES FOR ROLE tasktracker_owner IN SCHEMA public GRANT SELECT ON TABLES TO tasktracker_backup;
ALTER DEFAULT PRIVILEGES FOR ROLE tasktracker_owner IN SCHEMA public GRANT SELECT ON SEQUENCES TO tasktracker_backup;
