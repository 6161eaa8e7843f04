"""A comment as JSON made by PostgreSQL: whatever shows a comment reads it through this."""

_NAMED = """(SELECT coalesce(json_object_agg(a.handle, a.id), '{}') FROM (
    SELECT DISTINCT left(found[1], length) AS handle
    FROM regexp_matches(lower(c.body), '@([a-z0-9][a-z0-9._-]{0,39})', 'g') found
    CROSS JOIN generate_series(length(rtrim(found[1], '._-')), length(found[1])) length) said
    JOIN account a ON a.handle = said.handle AND a.is_active
    JOIN membership m ON m.account_id = a.id AND m.workspace_id = cp.workspace_id)"""
"""The people of the workspace whom the text may mention, by handle: `domain.mentions` decides, which knows Markdown."""

COMMENT = f"""json_build_object(
    'id', c.id, 'author_id', c.author_id, 'body', c.body, 'created_at', c.created_at, 'edited_at', c.edited_at,
    'deleted_at', c.deleted_at, 'version', c.version,
    'reactions', CASE WHEN c.deleted_at IS NULL THEN c.reactions ELSE '{{}}' END, 'named', {_NAMED})"""
"""Comment `c` in project `cp`, as `views.CommentView.of` takes it."""
