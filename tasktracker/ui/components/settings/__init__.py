"""What the pages of settings are made of: page, rows, lists, and the question before something is gone."""
