"""What stands around the pages: sidebar, status bar, signing in, the lock, one window per data folder."""
