"""Files of the interface that browsers keep for good: their addresses carry a hash of what is in them."""

from functools import cache
from hashlib import sha256
from pathlib import Path

STATIC = Path(__file__).parent / "static"


@cache
def address_of(name: str) -> str:
    """Where browsers find a file of ui/static."""
    return f"/static/{name}?v={sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"
