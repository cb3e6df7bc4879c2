"""References to models in a source tree. Each kind of file is one module in `kinds`, found by its place there."""
