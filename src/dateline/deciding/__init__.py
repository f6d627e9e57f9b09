"""People decide: which decisions stand, what they are about today, and whether a new one makes sense.

What they do is done where it belongs: wires in `collapsing.deciding`, claims here before they merge, events in
`merging.deciding`. Nothing here writes: lines of decisions.jsonl are the business of `store.decisions`.
"""
