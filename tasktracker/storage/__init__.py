"""Where the bytes of attachments are kept: a folder or a bucket, by one interface; and what the bytes are."""

from tasktracker.storage.store import Storage, Stored, object_key, open_storage

__all__ = ["Storage", "Stored", "object_key", "open_storage"]
