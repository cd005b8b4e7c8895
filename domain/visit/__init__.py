"""A caller's visit to the shop: what he wants, what was offered and heard, what is missing and what may be done next.

A visit is read off the transcript: each tool's answer carries the events that
it means, so nothing is remembered twice and no interruption loses anything.
"""
