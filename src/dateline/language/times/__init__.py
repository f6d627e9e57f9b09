"""Time expressions: where they stand in a text, their TIMEX3 value, and the days or instants they can mean.

>>> from dateline.knowledge.packs import Packs
>>> grammar = TimeGrammar.load(Packs())
>>> found = find_times_in("Shells fell early on Saturday.", published="2020-01-05", grammar=grammar)
>>> [(mention.quote, mention.value) for mention in found]
[('early on Saturday', '2020-01-04')]
"""

from dateline.language.times.belonging import (
    APART,
    deadline_in,
    in_clause,
    is_compared,
    is_limit,
    is_since,
    is_stretch,
    site_of,
    times_of,
)
from dateline.language.times.finding import Explained, Rejected, explain_times, find_times, find_times_in
from dateline.language.times.grammar import TimeGrammar

__all__ = [
    "APART",
    "Explained",
    "Rejected",
    "TimeGrammar",
    "deadline_in",
    "explain_times",
    "find_times",
    "find_times_in",
    "in_clause",
    "is_compared",
    "is_limit",
    "is_since",
    "is_stretch",
    "site_of",
    "times_of",
]
