"""What must hold of an organization's own rules and policies, so that none of them is without effect."""

from collections.abc import Iterable

from license_audit.errors import Problem
from license_audit.model.license import License
from license_audit.readers.catalog import PackagedCatalog


def lint_own(catalog: PackagedCatalog) -> list[Problem]:
    """Every problem of the folder's policies, in no order. The shape of each file is known to be right."""
    own = catalog.own
    documents = {key: catalog.license(key) for key in own.keys}
    parts = {part.key for document in documents.values() for part in document.incorporates if part.held}
    used = {clause.rule for document in documents.values() for clause in document.clauses}
    problems = [
        catalog.place_in_rule(name, ("rule",), f"no clause uses the rule {name}, so it would never be looked at")
        for name in own.rules
        if name not in used
    ]
    for key, document in documents.items():
        problems += _parts(key, document, parts, catalog)
        problems += _house(key, document, catalog) if key in own.house else ()
        is_lost = document.kind == "policy" and key not in own.house and key not in parts
        if is_lost:
            text = (
                f"the packaged catalog knows {key}, and no license here makes it part of itself: it would hold for none"
            )
            problems.append(catalog.place(key, ("kind",), text))
        if document.kind == "license" and catalog.openness(key) is None:
            text = f"nobody says how open {key} is; give it a record with its openness in licenses/names.yaml"
            problems.append(catalog.place(key, ("key",), text))
    for name, meaning in catalog.ambiguous().items():
        problems += [
            catalog.place("names", ("ambiguous", name), f"nobody knows a text {key!r}")
            for key in meaning.keys
            if catalog.named(key) is None
        ]
    return problems


def _parts(key: str, document: License, parts: set[str], catalog: PackagedCatalog) -> Iterable[Problem]:
    """Policies are one level deep: what a policy that is part of a text incorporates would not be looked at."""
    if document.incorporates and key in parts:
        text = f"{key} is part of another text, and so can have no parts of its own"
        yield catalog.place(key, ("incorporates",), text)


def _house(key: str, document: License, catalog: PackagedCatalog) -> Iterable[Problem]:
    for number, clause in enumerate(document.clauses):
        rule = catalog.rule(clause.rule) if clause.rule in catalog.rule_names() else None
        if rule is not None and (rule.kind == "grant" or rule.covers_acts):
            text = f"clause {clause.id} grants something; a policy of your own only asks and forbids"
            yield catalog.place(key, ("clauses", number), text)
