"""The command line as ``python -m lodeclaim``."""

from __future__ import annotations

from lodeclaim.cli.main import main

if __name__ == "__main__":
    main()
