"""The page of all results of a search."""
