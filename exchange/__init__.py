"""What goes out and comes in, without a domain word: the apps to its right declare verbs, columns and subjects as data.

Sub-rooms, each importing only those before: links, deliveries, staff, account, documents, threads, exports, imports,
calendars, saved.
"""
