"""Letter numbers: series, the outgoing register, and the printed agenda."""
