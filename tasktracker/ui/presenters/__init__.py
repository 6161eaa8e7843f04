"""What a page knows and does, without a widget in sight."""
