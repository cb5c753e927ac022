"""The evidence binder of a circular, and its two checks: alone, and against the database."""
