"""The documentation cannot lie: what it tells to run runs, and what it shows is what comes out.

After a change of the output: `python -m tests.docs.renew`, then read the difference.
"""
