"""Working: a crew of worker processes that clean and code, each of which can be killed without loss.

A worker answers item after item; what it may take for each is counted by the system itself, and after a kill a fresh one
goes on behind the document at fault, which alone becomes a problem. Items travel in shards and come back in the order they
were given, so the number of workers changes nothing but the time.

>>> from dateline.knowledge.packs import Packs
>>> from dateline.reading import capture
>>> with Crew(Packs(), workers=2) as crew:
...     [cleaned] = crew.clean([capture("a.txt", b"KYIV (Reuters) - It rained in the capital all day on Monday.")])
>>> cleaned.reports[0].agency
'Reuters'
"""

from dateline.working.crew import Crew, WorkerError
from dateline.working.guarding import clean_guarded
from dateline.working.sharding import Shard, manifest

__all__ = ["Crew", "Shard", "WorkerError", "clean_guarded", "manifest"]
