"""What one person did, and events of some kinds: found in a log of any length."""

from tortoise import migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("tasktracker", "0002_work_items")]

    initial = False

    operations = [
        ops.AddIndex(model_name="Event", index=Index(fields=["log_id", "actor_id", "revision"])),
        ops.AddIndex(model_name="Event", index=Index(fields=["log_id", "kind", "revision"])),
    ]
