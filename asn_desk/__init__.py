"""ASN Desk without a window: everything the program knows and does, usable from the window, the command line and tests."""
