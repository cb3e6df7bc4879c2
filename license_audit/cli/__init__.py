"""The command line. Commands are loaded when they are used, so that help and hooks start fast."""

from importlib import import_module

import click

from license_audit import __version__

COMMANDS = {
    "bom": "A bill of materials: models, ancestors, data, licenses and verdicts, as SPDX or CycloneDX.",
    "check": "Judge the manifest against the profile: the gate.",
    "compare": "Two licenses, models, profiles or reports, clause by clause.",
    "explain": "A license, clause, rule or model in depth.",
    "identify": "Which license a text is, and what in it differs from the published text.",
    "index": "Put texts into the index of known texts. For maintainers.",
    "kit": "What has to go along with a model that is handed to others: notices, licenses, a checklist.",
    "lock": "Write down what each model comes under, and tell what moved since.",
    "questions": "What the profile still has to answer, most decisive first.",
    "scan": "Find models that a source tree names, and tell which of them the manifest lacks.",
    "schema": "The JSON Schema of profile, manifest, lock, rule, license or report.",
    "test": "Run case files: situations and the answer a lawyer would give.",
    "validate": "Lint profile, manifest, rules and licenses.",
}


class LazyGroup(click.Group):
    """Knows its commands by name and loads the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Names of all commands, sorted."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - the same
        """The command, loaded from its module."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"license_audit.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without loading any of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name]) for name in self.list_commands(ctx)])


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=(
        "Exit codes: 0 the gate is satisfied; 1 a verdict reaches fail_on; 2 wrong usage; 3 no audit was possible."
    ),
)
@click.version_option(__version__, prog_name="license-audit")
def main() -> None:
    """Judge open-weight models against what your organization declares, with section citations.

    \b
    Examples:
      license-audit check models.yaml --profile profile.yaml
      license-audit check models.yaml --report report.html
      license-audit explain llama-2-community --coverage
      license-audit questions models.yaml

    Nothing here is legal advice.
    """
