"""The reads that people wait for: plain SQL, one round trip each, permission included."""
