"""The pages. NiceGUI draws the shell, dialogs and forms; a custom component draws each view of many tasks."""

from tasktracker.ui.install import install as install
