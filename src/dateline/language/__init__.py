"""What the words of a text are, before anyone asks what they claim: parse, times, places, actors, numbers."""
