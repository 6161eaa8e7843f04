"""The sections of a project's settings, one file each."""
