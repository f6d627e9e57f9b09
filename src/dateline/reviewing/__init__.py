"""Reviewing: what is to be looked at and in which order, what two reviewers said of one event, and how far they agree.

All of it is told from values alone: events, claims and the lines of decisions.jsonl. Nothing here reads or writes a
record; what a reviewer decides is checked and kept by `deciding` and `Record.decide`.
"""
