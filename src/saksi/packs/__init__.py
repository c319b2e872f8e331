"""Packs: what is known of a conflict before any report is read; the gazetteer of the world."""
