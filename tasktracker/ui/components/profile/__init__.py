"""The sections of one's own profile."""
