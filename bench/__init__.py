"""Measurements, each against a limit measured in the same run: shared machines drift, ratios hold."""
