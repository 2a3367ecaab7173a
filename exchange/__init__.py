"""What goes out and comes in, without a domain word: who lies to the right declares verbs, columns and subjects as data.

Sub-rooms, each importing only those before it: links, deliveries, documents, threads, views, exports, imports, calendars.
"""
