"""What the words of pages and comparisons mean: verdicts, outcomes, cures and where evidence comes from."""

from collections.abc import Mapping

from license_audit.model.report import EvidenceSource, State
from license_audit.model.words import Cure, Outcome, Verdict

VERDICTS: Mapping[Verdict, str] = {
    "allowed": "Every act is granted, nothing bars it, and no duty is outstanding.",
    "conditional": "Allowed, and the listed duties are owed. Each says what fulfils it.",
    "undetermined": "The declared facts or the evidence do not decide it. The best and the worst verdict still "
    "possible are given, with the questions whose answers would decide.",
    "disallowed": "Barred, terminated, or an act is not granted. Where the text has a cure, it is given.",
}
GATES: Mapping[State, str] = {
    "fails": "The verdict, the organization’s own policy, or terms that moved stop the use.",
    "waived": "It would be stopped, and somebody named lets it pass until a day. The finding stays.",
    "known": "It would be stopped, and the baseline holds the very same.",
    "passes": "Nothing stops it.",
}
OUTCOMES: Mapping[Outcome, str] = {
    "barred": "It bites: the use is ruled out.",
    "review": "A person must judge it.",
    "open": "The declared facts or the evidence do not decide it.",
    "owed": "A duty that applies and is not shown to be fulfilled.",
    "fulfilled": "A duty that applies and is shown to be fulfilled.",
    "granted": "A permission that covers the use.",
    "clear": "A limit that the use does not reach.",
    "not-applicable": "It is about other acts or other circumstances.",
}
HEADINGS: Mapping[Outcome, str] = {
    "barred": "What bars it",
    "review": "What a person must judge",
    "open": "What is open",
    "owed": "Duties owed",
    "fulfilled": "Duties fulfilled",
    "granted": "Permissions",
    "clear": "Limits not reached",
    "not-applicable": "Not applicable",
}
CURES: Mapping[Cure, str] = {
    "separate-license": "a separate license from the licensor",
    "registration": "registration with the licensor",
    "payment": "payment",
    "renaming": "renaming",
    "stop": "stopping the use",
}
DISCLOSURE: Mapping[bool | None, str] = {
    True: "the card names some",
    False: "the card names none",
    None: "no card was read",
}
SOURCES: Mapping[EvidenceSource, str] = {
    "lock": "the lock file",
    "folder": "the local folder",
    "cache": "the Hub’s cache",
    "catalog": "the packaged catalog",
    "provider": "the manifest alone; a hosted model has no files to read",
}
STATEMENTS: Mapping[str, str] = {
    "license": "names a license,",
    "non-commercial": "rules out commercial use",
    "research-only": "is for research only",
    "upstream-terms": "refers to the terms of a parent",
}
TEXTS: Mapping[str, str] = {"unaltered": "as published", "altered": "altered", "partial": "only a part"}
