# Raft: every node holds all, three of them outlive the loss of one. Node ids and addresses come from the environment:
# VAULT_RAFT_NODE_ID, VAULT_API_ADDR and VAULT_CLUSTER_ADDR (BAO_… for OpenBao).
storage "raft" {
  path                   = "/vault/data"
  performance_multiplier = 1 # a new leader within 3 s, not 15
}

disable_mlock = true # as Raft wants it; the machine has no swap
default_lease_ttl = "1h"
max_lease_ttl     = "24h"
