"""One file for each place that has an address."""
