"""``python -m config`` is ``silian``."""

import sys

from config.command_line import main

if __name__ == "__main__":
    sys.exit(main())
