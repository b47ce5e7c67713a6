"""Reads pages that are pictures: finds the lines, recognises them, puts them in reading order with boxes and confidence.

`page.recognise` is the way in; it is offline, uses one thread, and starts its engine when the first page needs it.
"""
