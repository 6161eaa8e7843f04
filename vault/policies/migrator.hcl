# `tasktracker migrate`: the settings, and a user that may change tables. It ends with the step that used it.
path "kv/data/tasktracker/app" {
  capabilities = ["read"]
}
path "database/creds/migrator" {
  capabilities = ["read"]
}
path "sys/leases/renew/database/creds/migrator/*" {
  capabilities = ["update"]
}
path "sys/leases/revoke/database/creds/migrator/*" {
  capabilities = ["update"]
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
