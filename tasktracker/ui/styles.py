"""The stylesheets of every page, in their order. They stand in static/."""

STYLES = (
    "tokens.css",
    "base.css",
    "controls.css",
    "frame.css",
    "task.css",
    "writing.css",
    "card_parts.css",
    "board.css",
    "task_list.css",
    "bulk.css",
    "calendar.css",
    "timeline.css",
    "task_table.css",
    "view_tools.css",
    "inbox.css",
    "my_work.css",
    "activity.css",
    "put_away.css",
    "settings.css",
    "presence.css",
    "task_files.css",
    "task_links.css",
    "palette.css",
    "search.css",
    "languages.css",  # last: it has its say about all of them
)
