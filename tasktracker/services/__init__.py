"""Every use-case once. The API, the pages and the command line are faces of what stands here."""
