"""The administrator's command line, `python -m asn_desk`: the same core as the window, for scripts and tests."""
