"""Judge open-weight models against a declared usage profile, with section citations."""

__version__ = "0.1.0"
