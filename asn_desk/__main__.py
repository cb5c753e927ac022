"""`python -m asn_desk`: the administrator's command line."""

from __future__ import annotations

import sys

from asn_desk.cli.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
