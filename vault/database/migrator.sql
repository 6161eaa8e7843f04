-- What it makes belongs to the owner from the start.
CREATE ROLE "{{name}}" LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}' CONNECTION LIMIT 5 IN ROLE tasktracker_owner;
ALTER ROLE "{{name}}" SET ROLE tasktracker_owner;
