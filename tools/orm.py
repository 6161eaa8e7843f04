"""Where `tortoise makemigrations` finds the models and the migrations, and `tortoise history` the database."""

from tasktracker.models.database import orm_config
from tasktracker.settings import settings

_url = settings().database_url
TORTOISE_ORM = orm_config(_url.get_secret_value() if _url else "")
