"""Lists of tasks: in any order, part by part, and about as fast from a million tasks as from a thousand.

`shelves` says where the tasks are that a filter may let through, `orders` how they are sorted and where a part ends,
`piles` what they are put together from, and `statement` makes one SQL statement of it.
"""
