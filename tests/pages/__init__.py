"""Pages about licenses, rules and families."""
