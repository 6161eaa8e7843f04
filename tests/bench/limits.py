"""What an open tab may take of the server, whatever page it shows and however many tasks there are."""

ELEMENTS = 300
"""What NiceGUI keeps for it."""
KILOBYTES = 500
"""Its Python objects."""
