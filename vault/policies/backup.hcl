# What makes backups: a snapshot of Vault, which is encrypted with its seal, and a database user that only reads.
path "sys/storage/raft/snapshot" {
  capabilities = ["read"]
}
path "database/creds/backup" {
  capabilities = ["read"]
}
path "sys/leases/renew/database/creds/backup/*" {
  capabilities = ["update"]
}
path "sys/leases/revoke/database/creds/backup/*" {
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
