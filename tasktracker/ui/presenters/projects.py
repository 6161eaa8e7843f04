"""Projects as lists of tasks of several of them show them."""

from tasktracker.services.queries.shell import ShellView


def looks_of_projects(shell: ShellView) -> dict[str, dict[str, str]]:
    """Names and colours by key."""
    return {project.key: {"name": project.name, "color": project.color} for project in shell.projects}
