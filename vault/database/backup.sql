CREATE ROLE "{{name}}" LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}' CONNECTION LIMIT 5 IN ROLE tasktracker_backup;
ALTER ROLE "{{name}}" SET default_transaction_read_only = on;
