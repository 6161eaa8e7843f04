# A job of the pipeline on a protected branch: what a deployment needs, and the first secret of a new process, wrapped.
path "kv/data/tasktracker/ci" {
  capabilities = ["read"]
}
path "auth/approle/role/app/role-id" {
  capabilities = ["read"]
}
# Only inside a wrapping: the job hands on what it cannot read.
path "auth/approle/role/app/secret-id" {
  capabilities     = ["update"]
  min_wrapping_ttl = "1m"
  max_wrapping_ttl = "10m"
}
path "auth/token/lookup-self" {
  capabilities = ["read"]
}
path "auth/token/revoke-self" {
  capabilities = ["update"]
}
