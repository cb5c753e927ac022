"""Imports: the plan that is shown before anything is stored, storing it, undoing it whole, and the companion files."""
