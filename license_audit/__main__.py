"""`python -m license_audit`."""

from license_audit.cli import main

if __name__ == "__main__":
    main()
