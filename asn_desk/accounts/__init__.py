"""Local users: who acts, and what each may do."""
