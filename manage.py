"""Django's own entry, for tools that look for it; people use ``.venv/bin/silian``."""

import sys

from config.command_line import main

if __name__ == "__main__":
    sys.exit(main())
