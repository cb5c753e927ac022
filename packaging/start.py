"""Start of the built program: the window, or the command line when it is called by the name ending in `-cli`."""

import multiprocessing
import runpy
import sys
from pathlib import Path

if __name__ == "__main__":
    multiprocessing.freeze_support()
    called = Path(sys.argv[0]).stem
    runpy.run_module("asn_desk" if called.endswith("-cli") else "ui", run_name="__main__", alter_sys=True)
