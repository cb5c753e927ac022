"""The office's identity: letterhead data, units, officials who sign, holidays."""
