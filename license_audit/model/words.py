"""The closed vocabularies of profiles, clauses and reports."""

from typing import Literal, NewType

LicenseKey = NewType("LicenseKey", str)
"""Key of a license known to the catalog, e.g. `llama-2-community`."""
ClauseId = NewType("ClauseId", str)
"""License key, slash, section as the text numbers it, e.g. `llama-2-community/1.b.v`."""
ModelId = NewType("ModelId", str)
"""Checked Hub id (`org/name` or `name`), or the path of a local folder."""

Act = Literal[
    "run",
    "fine-tune",
    "train-adapter",
    "quantize",
    "merge",
    "distill",
    "train-on-outputs",
    "build-product",
    "host-as-api",
    "distribute-weights",
    "distribute-derivative",
    "distribute-product",
    "publish-outputs",
]
Domain = Literal[
    "customer-service",
    "software-development",
    "marketing",
    "creative-writing",
    "entertainment",
    "education",
    "translation",
    "search-and-summarization",
    "scientific-research",
    "human-resources",
    "unlawful-activity",
    "violence",
    "child-exploitation",
    "trafficking",
    "minors-without-age-gate",
    "sexual-solicitation",
    "harassment",
    "discrimination",
    "legal-advice",
    "medical-advice",
    "financial-advice",
    "sensitive-data",
    "rights-infringement",
    "malware",
    "military",
    "nuclear",
    "weapons",
    "drugs",
    "critical-infrastructure",
    "transportation-operation",
    "heavy-machinery",
    "self-harm",
    "fraud-disinformation",
    "defamation",
    "spam",
    "impersonation",
    "human-claim",
    "fake-engagement",
    "housing",
    "migration",
    "insurance",
    "credit-scoring",
    "social-welfare",
    "health-care",
    "law-enforcement",
    "justice",
    "surveillance",
    "biometrics",
    "emotion-recognition",
    "espionage",
    "elections",
    "sexual-content",
    "social-scoring",
    "profiling",
    "manipulation",
    "mass-weapons",
    "public-order",
    "unlabeled-synthetic-media",
    "academic-dishonesty",
    "gambling",
    "safety-circumvention",
]
Event = Literal[
    "marks-used",
    "endorsement-claimed",
    "third-party-claim",
    "licensor-request",
    "licensor-termination",
    "breach-unremedied",
    "warranty-offered",
    "contribution-submitted",
    "integrity-harmed",
    "reverse-engineered",
    "training-data-extracted",
    "sublicensed",
    "license-transferred",
    "technical-locks",
    "research-published",
    "export-violation",
    "sanctions-listed",
    "terms-changed",
    "remote-restriction",
    "new-version-released",
    "feedback-given",
    "tax-due",
    "audit-requested",
    "incident-happened",
]
Duty = Literal[
    "license-copy",
    "notice-file",
    "change-notices",
    "attribution-notices",
    "credit",
    "no-added-restrictions",
    "base-terms-kept",
    "source-offer",
    "public-statement",
    "terms-flowdown",
    "hosting-flowdown",
    "staff-policy",
    "policy-check",
    "danger-disclosure",
    "royalty-report",
    "royalty-payment",
    "bind-users",
    "use-latest-version",
    "display-built-with",
    "display-model-name",
    "interface-notice",
    "name-prefix",
    "registration",
    "disclose-machine-generated",
    "same-terms",
    "content-filter",
    "health-authorization",
]
Kind = Literal["company", "nonprofit", "academic", "government", "individual"]
Purpose = Literal["commercial", "internal-business", "research", "education", "personal", "evaluation"]
Environment = Literal["production", "non-production"]
Audience = Literal["none", "employees", "business-customers", "public"]
ReceivedAs = Literal["weights", "integrated-product"]
TrainedModels = Literal["none", "same-family", "other-llm", "other-model"]
DecisionMaking = Literal["none", "human-reviewed", "fully-automated"]
SafetyMeasures = Literal["kept", "removed"]
TrainedFor = Literal[
    "commercial", "internal-business", "research", "education", "personal", "evaluation", "non-commercial"
]
Relation = Literal["fine-tune", "adapter", "merge", "quantize", "distill", "train-on-outputs", "component", "copy"]
"""How a model came from its parent. `quantize` is every change of format, `component` a part that is shipped inside,
`copy` a re-upload of the same files."""
FROM_OUTPUTS: tuple[Relation, ...] = ("distill", "train-on-outputs")
"""Relations in which only outputs of the parent went into the child."""
Basis = Literal["declared", "stated", "inferred"]
"""`declared` by front matter, manifest, configuration or catalog; `stated` in prose; `inferred` from a name or file."""
ClauseKind = Literal["grant", "exception", "prohibition", "duty", "condition", "bar", "termination", "judgement"]
Cure = Literal["separate-license", "registration", "payment", "renaming", "stop"]
Travel = Literal["never", "with-copies", "with-derivatives", "outputs"]
TimeMode = Literal[
    "fixed-month",
    "preceding-month",
    "any-12-months",
    "annual",
    "annual-unnamed",
    "present",
    "at-any-time",
    "at-event",
    "always",
]
Whose = Literal["licensee", "licensee-and-affiliates-sum", "licensee-or-affiliates-any", "group", "employer", "product"]
Operator = Literal["is", "one-of", "includes-any", "more-than", "at-least", "less-than", "at-most"]
Openness = Literal["open", "permissive", "community", "non-commercial", "research-only", "api"]
"""From most to least open. `open`: the OSI approved the license; `permissive`: it did not, yet any purpose is free;
`community`: a publisher's own terms with limits on use, users or revenue; `api`: no weights at all."""
DataLimit = Literal[
    "non-commercial", "research-only", "share-alike", "generator-terms", "contested", "unlicensed", "own-terms"
]
"""What a data set may impose on whoever trains on it. `generator-terms`: it holds outputs of a model whose terms limit
what outputs may train; `contested`: rights in its content are in dispute; `unlicensed`: nobody licensed it."""
Gate = Literal["none", "auto", "manual"]
"""Whether files are handed out only to whoever asks: at once, or after a person agreed."""
Outcome = Literal["granted", "clear", "fulfilled", "owed", "review", "open", "barred", "not-applicable"]
Verdict = Literal["allowed", "conditional", "undetermined", "disallowed"]
Level = Literal["note", "warning", "error"]
"""SARIF's result levels."""
