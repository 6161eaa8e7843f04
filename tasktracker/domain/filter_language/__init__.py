"""The language of filters: `assignee:me state:started due:<+7d label:bug -priority:low "free text"`.

`docs/reference/filter-language.md` describes it for those who write in it.
"""
