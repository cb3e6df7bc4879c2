"""Licenses of a catalog with their rules, and as layers of terms with the policies that are part of them."""

from functools import cached_property

from license_audit.engine.binding import BoundLicense, bind_license
from license_audit.engine.formula import Formula
from license_audit.engine.solve import Layer
from license_audit.model.catalog import Catalog
from license_audit.model.license import License


class Binder:
    """Licenses of one catalog, bound once each."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._bound: dict[str, BoundLicense | None] = {}
        self._policies: dict[str, tuple[BoundLicense, ...]] = {}

    def bound(self, key: str) -> BoundLicense | None:
        """The license with its rules; None when its clauses are not encoded."""
        if key not in self._bound:
            try:
                self._bound[key] = bind_license(self.catalog.license(key), self.catalog)
            except KeyError:
                self._bound[key] = None
        return self._bound[key]

    def layer(self, key: str, *, guard: Formula, is_derivative: bool) -> Layer | None:
        """A layer of terms with the policies that are part of it; None when the clauses are not encoded."""
        found = self.bound(key)
        if found is None:
            return None
        if key not in self._policies:
            held = (self.bound(part.key) for part in found.license.incorporates if part.held)
            self._policies[key] = tuple(policy for policy in held if policy is not None)
        # A policy beside a license narrows it and grants nothing of its own.
        return Layer(found, guard, is_derivative, self._policies[key], grants=found.license.kind == "license")

    @cached_property
    def house(self) -> tuple[Layer, ...]:
        """The organization's own policies, which hold for every model. KeyError for a name that does not exist."""
        return tuple(self._house(self.catalog.license(key)) for key in self.catalog.house_policies())

    def _house(self, policy: License) -> Layer:
        held = [self.catalog.license(part.key) for part in policy.incorporates if part.held]
        bound, *parts = [bind_license(document, self.catalog) for document in (policy, *held)]
        return Layer(bound, policies=tuple(parts), grants=False)
