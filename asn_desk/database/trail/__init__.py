"""The audit trail: every change chained to the one before, and the checks that nothing was altered behind it."""
