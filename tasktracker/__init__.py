"""tasktracker: a self-hosted team task tracker."""

__version__ = "0.1.0"
