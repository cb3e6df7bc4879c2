"""A text inside the description of a project, which this benchmark makes up."""

import textwrap

from identify_words import Dice

_ABOVE = """# {name}

{name} reads {thing} from files or from a stream and turns them into tables that other programs can use. It began as a
small script for one team and grew, because the same questions came up again and again: which rows are new, which ones
moved, and which disappeared since last week?

![build](badge.svg) ![coverage](coverage.svg)

## Why another tool

Spreadsheets are fine for a hundred rows. With a hundred thousand, opening the file takes longer than the answer is
worth. {name} keeps an index beside the data, so a second look costs almost nothing. It does one job and leaves drawing,
mailing and storing to programs that are better at it.

## Installation

```sh
python -m pip install {name}
{name} --version
```

Wheels exist for Linux, macOS and Windows. From a checkout, create an environment first, then install the project in
editable mode together with its development extras.

## Quick start

```python
import {name}

table = {name}.read("{thing}.csv")
for row in table.changed(since="2026-01-01"):
    print(row.id, row.before, row.after)
```

The command does the same without any Python:

```sh
{name} diff old.csv new.csv --format json | jq '.rows | length'
```

Options can stand in `{name}.toml`. The command line wins over the file, and the file wins over the defaults. Run
`{name} config` to see what is in force and where each value comes from.

## Performance

On a laptop from 2022, ten million rows take eleven seconds the first time and less than one second afterwards. Memory
stays below 200 MB, because rows are streamed. If you see something much slower, please open an issue and attach the
output of `{name} doctor`; it holds no data, only sizes and timings.

"""

_BELOW = """
## Contributing

Bug reports with a small input are the best help. Run the tests before you send a change:

```sh
make test
```

Please keep pull requests small, and describe in a sentence what a user will notice. New options need a line in the
changelog and an example in the manual. Be kind to one another; the maintainers do this in the evenings.

## Thanks

To everyone who sent odd files. Half of the tests exist because somebody's {thing} had two headers, a missing column or
a date from the year 1900. The drawing on the front page is by a friend of the project, made in an afternoon.
"""


def readme(text: str, dice: Dice) -> str:
    """Inside the description of a project: as it is, indented, fenced or quoted."""
    name = dice.pick(("tablesift", "rowkeeper", "gridnote", "driftlog"))
    thing = dice.pick(("orders", "measurements", "inventories", "schedules"))
    heading = dice.pick(("## License\n\n", "## Licence and copyright\n\n", "License\n-------\n\n", "### Legal\n\n"))
    forms = (
        text,
        textwrap.indent(text, "    "),
        f"```\n{text}\n```\n",
        textwrap.indent(text, "> ", lambda _: True),
    )
    above = _ABOVE.format(name=name, thing=thing)
    return f"{above}{heading}{dice.pick(forms)}\n{_BELOW.format(name=name, thing=thing)}"
