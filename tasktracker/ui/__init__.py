"""The pages. NiceGUI draws the shell, dialogs and forms; a custom component draws each view of many tasks."""

from tasktracker.ui.assets import AssetsOfOtherBuilds as AssetsOfOtherBuilds
from tasktracker.ui.install import install as install
from tasktracker.ui.moving import move_pages as move_pages
from tasktracker.ui.sockets import close_pages_of_ended_sessions as close_pages_of_ended_sessions
