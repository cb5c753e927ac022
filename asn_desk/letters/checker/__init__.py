"""Looking a template over before it may make letters: findings in words, and marks in a copy."""
