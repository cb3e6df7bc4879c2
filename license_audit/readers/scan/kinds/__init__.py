"""One module for each kind of file. A module is registered by lying here.

It has

- `NAMES`: patterns of file names (`*.py`), or of paths where they hold a `/`; capitals do not matter;
- `SIGNS`, optional: byte strings of which a file has to hold every one, for kinds that share their names with others;
- `HINTS`, optional: byte strings of which a file has to hold at least one, or nothing in it can name a model;
- `HEAD`, optional: how many bytes of the file are read, for those that may be huge;
- `read(source)`: gives a `Hit` for each place that names a model. `UnreadableError` when it cannot be read.

Of several kinds that fit a file, that with the most signs reads it, then that with the longest pattern.
"""
