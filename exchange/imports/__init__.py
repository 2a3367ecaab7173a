"""Tables that come from other systems, read line by line.

What a line means is the business of the app that takes it.
"""
