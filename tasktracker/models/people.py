"""Who there is: accounts, the workspaces they belong to, and the sessions they act through."""

from tortoise import fields
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from tasktracker.domain.events import GENESIS
from tasktracker.domain.ids import new_id
from tasktracker.models.fields import BytesField


class Account(Model):
    """A person. `handle` is what follows the @ in a mention; both it and the e-mail are kept in lower case.

    `time_zone` is an IANA name, `locale` a language tag: what "today" and "3/4" mean to this person.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    email = fields.CharField(max_length=254, unique=True)
    handle = fields.CharField(max_length=40, unique=True)
    name = fields.CharField(max_length=100)
    password_hash = fields.CharField(max_length=255, null=True)
    is_active = fields.BooleanField(default=True, db_default=True)
    time_zone = fields.CharField(max_length=64, default="UTC", db_default="UTC")
    locale = fields.CharField(max_length=16, default="en", db_default="en")
    created_at = fields.DatetimeField(auto_now_add=True)

    class Meta:
        table = "account"


class Workspace(Model):
    """A team's walls: nothing joins across them. `revision` and `head_hash` are the head of its own log."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    name = fields.CharField(max_length=100)
    revision = fields.BigIntField(default=0, db_default=0)
    head_hash = BytesField(default=GENESIS)
    changed_at = fields.DatetimeField(auto_now_add=True)
    created_at = fields.DatetimeField(auto_now_add=True)

    class Meta:
        table = "workspace"


class Membership(Model):
    """An account's role in a workspace."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    workspace: fields.ForeignKeyRelation[Workspace] = fields.ForeignKeyField(
        "tasktracker.Workspace", related_name="memberships", on_delete=fields.RESTRICT
    )
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "tasktracker.Account", related_name="memberships", on_delete=fields.RESTRICT, db_index=True
    )
    role = fields.CharField(max_length=10)

    class Meta:
        table = "membership"
        unique_together = (("workspace", "account"),)
        constraints = (CheckConstraint(check="role IN ('owner','admin','member','guest')", name="membership_role"),)


class Session(Model):
    """A sign-in in a browser, or an API token. Only the SHA-256 of the secret is kept."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    kind = fields.CharField(max_length=7)
    secret_hash = BytesField(unique=True)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "tasktracker.Account", related_name="sessions", on_delete=fields.RESTRICT, db_index=True
    )
    workspace: fields.ForeignKeyRelation[Workspace] = fields.ForeignKeyField(
        "tasktracker.Workspace", related_name="sessions", on_delete=fields.RESTRICT, db_index=True
    )
    name = fields.CharField(max_length=100, default="")
    may_write = fields.BooleanField(default=True, db_default=True)
    created_at = fields.DatetimeField(auto_now_add=True)
    last_used_at = fields.DatetimeField(auto_now_add=True)
    expires_at = fields.DatetimeField()
    revoked_at = fields.DatetimeField(null=True)

    class Meta:
        table = "session"
        constraints = (CheckConstraint(check="kind IN ('browser','token')", name="session_kind"),)
