"""The command `license-audit`, and `python -m license_audit`."""

import atexit
import gc
import os

gc.disable()
atexit.register(gc.freeze)
# A run is over before cycles of objects could matter; looking for them, at the end too, would take a tenth of its time.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
# Looking for plugins reads the metadata of every installed distribution.

from license_audit.cli import main  # noqa: E402 - after the settings above

if __name__ == "__main__":
    main()
