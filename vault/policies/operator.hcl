# A person on duty: changes secrets and keys, takes leases back, looks at the server. Opens no stored secret, and gets
# no database user.
path "kv/data/tasktracker/*" {
  capabilities = ["create", "read", "update", "patch", "delete"]
}
path "kv/metadata/tasktracker/*" {
  capabilities = ["read", "list"]
}
path "kv/delete/tasktracker/*" {
  capabilities = ["update"]
}
path "kv/undelete/tasktracker/*" {
  capabilities = ["update"]
}
path "transit/keys/tasktracker" {
  capabilities = ["read"]
}
path "transit/keys/tasktracker/rotate" {
  capabilities = ["update"]
}
path "transit/keys/tasktracker/config" {
  capabilities = ["update"]
}
path "database/rotate-root/tasktracker" {
  capabilities = ["update"]
}
path "sys/leases/lookup/database/creds/*" {
  capabilities = ["list", "sudo"]
}
path "sys/leases/revoke-prefix/database/creds/*" {
  capabilities = ["update", "sudo"]
}
path "auth/approle/role/+/role-id" {
  capabilities = ["read"]
}
path "auth/approle/role/+/secret-id" {
  capabilities     = ["update"]
  min_wrapping_ttl = "1m"
  max_wrapping_ttl = "1h"
}
path "auth/approle/role/+/secret-id-accessor/destroy" {
  capabilities = ["update"]
}
path "sys/storage/raft/configuration" {
  capabilities = ["read"]
}
path "sys/audit" {
  capabilities = ["read", "sudo"]
}
path "sys/seal" {
  capabilities = ["update", "sudo"]
}
path "auth/token/lookup-self" {
  capabilities = ["read"]
}
path "auth/token/renew-self" {
  capabilities = ["update"]
}
path "auth/token/revoke-self" {
  capabilities = ["update"]
}
