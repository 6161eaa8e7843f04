-- A user for one process, for at most an hour. Vault writes the name, the password and the end.
CREATE ROLE "{{name}}" LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}' CONNECTION LIMIT 100 IN ROLE tasktracker_app;
