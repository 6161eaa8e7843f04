"""The sections of the workspace's settings."""
