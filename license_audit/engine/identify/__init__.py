"""Which license a text is, and what in it differs from the published text."""

from license_audit.engine.identify.identification import Identification, Match, identify

__all__ = ["Identification", "Match", "identify"]
