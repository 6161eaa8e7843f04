# A running tasktracker: its settings, a database user of its own, and the seal of stored secrets. Nothing of Vault's own.
path "kv/data/tasktracker/app" {
  capabilities = ["read"]
}
path "database/creds/app" {
  capabilities = ["read"]
}
# Leases by their address, not by a body: so it can extend and take back its own kind only.
path "sys/leases/renew/database/creds/app/*" {
  capabilities = ["update"]
}
path "sys/leases/revoke/database/creds/app/*" {
  capabilities = ["update"]
}
path "transit/encrypt/tasktracker" {
  capabilities = ["update"]
}
path "transit/decrypt/tasktracker" {
  capabilities = ["update"]
}
path "transit/rewrap/tasktracker" {
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
