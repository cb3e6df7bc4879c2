"""YAML of every dialect.

One vocabulary of keys reads vLLM, TGI, KServe, Helm values, Triton, mergekit, axolotl, LLaMA-Factory, MLflow, BentoML,
KitOps, dstack, Truss, compose files, manifests of Kubernetes, training configurations and lists of models. LiteLLM,
LocalAI, LM Studio and the chart of Ollama need what stands beside a key: `structured_dialects`.
"""

from collections.abc import Iterator

from license_audit.model.reference import Hit
from license_audit.readers.scan.source import Source
from license_audit.readers.scan.structured_files import HINTS, in_yaml

__all__ = ["HINTS"]
NAMES = (
    "*.yaml", "*.yml", "*.yaml.j2", "*.yml.j2", "*.yaml.tmpl", "*.yml.tmpl", "*.yaml.template", "*.yml.template",
    "*.yaml.tpl", "*.yml.tpl", "*.yaml.example", "*.yml.example", "*.yaml.sample", "*.yml.sample", "*.yaml.dist",
    "*.yml.dist", "*.yaml.gotmpl", "*.yml.gotmpl", "Kitfile", "Kitfile.*", "*.kitfile", "MLmodel", "*.yaml.in",
)  # fmt: skip


def read(source: Source) -> Iterator[Hit]:
    """Models that a YAML file names. `UnreadableError` at its end, where it is no YAML and was read line by line."""
    yield from in_yaml(source)
