"""`python -m asn_desk`: the administrator's command line. A helping process loads this file again, hence nothing above the guard."""

from __future__ import annotations

import sys

if __name__ == "__main__":
    from asn_desk.cli.main import main

    sys.exit(main(sys.argv[1:]))
