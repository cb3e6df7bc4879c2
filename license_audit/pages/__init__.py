"""Pages about licenses, rules and families of licenses, made from the catalog alone."""
