"""`python -m ui`: the window. A helping process loads this file again, hence nothing above the guard."""

from __future__ import annotations

import sys

if __name__ == "__main__":
    from ui.main import main

    sys.exit(main())
