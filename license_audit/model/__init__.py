"""Frozen values that every other part speaks in. No reading, no judging, no printing."""
