"""Knowledge: data a domain expert edits. Loading, laying over, and looking up; the data is in `packs/`."""
