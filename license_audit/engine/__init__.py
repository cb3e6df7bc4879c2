"""Pure meaning: three-valued truth with bounds, effective terms, verdicts. No I/O, no clock, no law."""
