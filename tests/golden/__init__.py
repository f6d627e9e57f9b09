"""Whole pages in, whole records out: what comes out is kept beside the pages, a line an event, for eyes to review.

After a change that is meant to alter the outcome: `python -m tests.golden.renew`, then read the difference line by line.
"""
