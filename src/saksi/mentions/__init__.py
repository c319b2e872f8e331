"""Mentions: what a text names, and which actor, place or time it is."""
