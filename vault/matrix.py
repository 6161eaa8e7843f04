"""Who may do what in Vault, as a table: the policies say how, and a test asks a real server for every cell.

c create, r read, u update, p patch, d delete, l list, s sudo (paths that Vault guards twice); - nothing. What stands in
no row is denied to all five, and so are the last rows: what gives power over Vault itself, or over the seal's key.
"""

from collections.abc import Iterator
from dataclasses import dataclass

ROLES = ("app", "migrator", "ci", "operator", "backup")
CAPABILITIES = {"c": "create", "r": "read", "u": "update", "p": "patch", "d": "delete", "l": "list", "s": "sudo"}

TABLE = """
path                                                app   migrator  ci    operator  backup
kv/data/tasktracker/app                             r     r         -     crupd     -
kv/data/tasktracker/ci                              -     -         r     crupd     -
kv/metadata/tasktracker/app                         -     -         -     rl        -
kv/delete/tasktracker/app                           -     -         -     u         -
kv/undelete/tasktracker/app                         -     -         -     u         -
kv/destroy/tasktracker/app                          -     -         -     -         -
kv/data/another-program                             -     -         -     -         -
database/creds/app                                  r     -         -     -         -
database/creds/migrator                             -     r         -     -         -
database/creds/backup                               -     -         -     -         r
database/config/tasktracker                         -     -         -     -         -
database/roles/app                                  -     -         -     -         -
database/rotate-root/tasktracker                    -     -         -     u         -
sys/leases/renew/database/creds/app/some            u     -         -     -         -
sys/leases/renew/database/creds/migrator/some       -     u         -     -         -
sys/leases/renew/database/creds/backup/some         -     -         -     -         u
sys/leases/revoke/database/creds/app/some           u     -         -     -         -
sys/leases/revoke/database/creds/migrator/some      -     u         -     -         -
sys/leases/revoke/database/creds/backup/some        -     -         -     -         u
sys/leases/renew                                    -     -         -     -         -
sys/leases/revoke                                   -     -         -     -         -
sys/leases/lookup/database/creds/app                -     -         -     ls        -
sys/leases/revoke-prefix/database/creds/app         -     -         -     us        -
sys/leases/revoke-prefix/auth                       -     -         -     -         -
transit/encrypt/tasktracker                         u     -         -     -         -
transit/decrypt/tasktracker                         u     -         -     -         -
transit/rewrap/tasktracker                          u     -         -     -         -
transit/keys/tasktracker                            -     -         -     r         -
transit/keys/tasktracker/rotate                     -     -         -     u         -
transit/keys/tasktracker/config                     -     -         -     u         -
transit/export/encryption-key/tasktracker           -     -         -     -         -
transit/backup/tasktracker                          -     -         -     -         -
auth/approle/role/app/role-id                       -     -         r     r         -
auth/approle/role/app/secret-id                     -     -         u     u         -
auth/approle/role/app/secret-id-accessor/destroy    -     -         -     u         -
auth/approle/role/migrator/role-id                  -     -         -     r         -
auth/approle/role/migrator/secret-id                -     -         -     u         -
auth/approle/role/app                               -     -         -     -         -
auth/gitlab/role/ci                                 -     -         -     -         -
auth/token/lookup-self                              r     r         r     r         r
auth/token/renew-self                               u     u         -     u         u
auth/token/revoke-self                              u     u         u     u         u
auth/token/create                                   -     -         -     -         -
auth/token/roles/operator                           -     -         -     -         -
sys/storage/raft/snapshot                           -     -         -     -         r
sys/storage/raft/snapshot-force                     -     -         -     -         -
sys/storage/raft/configuration                      -     -         -     r         -
sys/audit                                           -     -         -     rs        -
sys/seal                                            -     -         -     us        -
sys/policies/acl/app                                -     -         -     -         -
sys/mounts/kv                                       -     -         -     -         -
sys/auth/gitlab                                     -     -         -     -         -
sys/raw/core                                        -     -         -     -         -
cubbyhole/mine                                      -     -         -     -         -
"""


@dataclass(frozen=True)
class Cell:
    """What one role may do at one path: names of capabilities, none if it is denied."""

    role: str
    path: str
    capabilities: frozenset[str]


def cells() -> Iterator[Cell]:
    """The table, cell by cell."""
    head, *rows = (line.split() for line in TABLE.strip().splitlines())
    for path, *letters in rows:
        for role, cell in zip(head[1:], letters, strict=True):
            yield Cell(role, path, frozenset(CAPABILITIES[letter] for letter in cell.strip("-")))
