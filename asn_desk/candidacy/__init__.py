"""Candidacy declarations on two tracks, with obligations from the rule packs."""
