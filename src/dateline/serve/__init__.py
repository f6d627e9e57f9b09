"""A record to look at, to check and to decide on: a REST API (`api`) and pages (`pages`) over one record.

`served` holds what all requests share: the newest index of the events, the knowledge, the clock. `app` puts the parts
together, `running` listens. A page and an API answer are made from the same `Query` as the command line's.
"""
