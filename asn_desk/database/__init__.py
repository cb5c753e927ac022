"""Engine, session kit, audit trail, stored files, backup, upgrade: the only place that knows which database is below."""
