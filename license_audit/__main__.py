"""The command `license-audit`, and `python -m license_audit`."""

import gc
import os

gc.disable()
# A run is over before cycles of objects could matter; looking for them would take a tenth of its time.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
# Looking for plugins reads the metadata of every installed distribution.

from license_audit.cli import main  # noqa: E402 - after the settings above

if __name__ == "__main__":
    main()
