"""Settings of the office, and the first start."""
