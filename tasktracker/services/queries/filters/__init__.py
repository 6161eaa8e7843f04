"""The parts of `services.queries.filtering`."""
