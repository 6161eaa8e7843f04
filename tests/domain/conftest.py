"""The domain is tested without a database."""

from tests import patience

__all__ = ["patience"]
