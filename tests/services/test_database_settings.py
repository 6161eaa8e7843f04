"""How connections are set up."""

from tasktracker.models.database import SESSION, orm_config


def test_what_one_caller_adds_for_itself_counts_for_nobody_else() -> None:
    """Migrations wait a few seconds for a lock; people wait as long as a command takes."""
    settings = orm_config("postgres://somebody@localhost/tasks")["connections"]["default"]["credentials"]
    settings["server_settings"]["lock_timeout"] = "5s"
    assert "lock_timeout" not in SESSION
