"""Bringing a release to where people use it, and taking it back: `python -m deploy.release`.

It knows nothing of the program but how to start it, ask `/readyz` and end it. How a roll goes is told in
docs/explanation/deployment.md.
"""
