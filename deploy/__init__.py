"""What stands around the program where it runs for others."""
