"""What the values of closed lists mean, for somebody who has never seen the profile; and why facts are asked."""

from collections.abc import Mapping

MEANINGS: Mapping[str, Mapping[str, str]] = {
    "organization.kind": {
        "company": "works for profit",
        "nonprofit": "works for a cause, not for profit",
        "academic": "a university, school or research institute",
        "government": "a public authority",
        "individual": "one person",
    },
    "use.purpose": {
        "commercial": "earns money, or is meant to",
        "internal-business": "helps the organization's own work; nobody outside pays for it",
        "research": "finds something out, and is not sold",
        "education": "teaching or learning",
        "personal": "private use by one person",
        "evaluation": "tries the model out before anything is decided",
    },
    "use.environment": {
        "production": "real work depends on it",
        "non-production": "tests and trials only",
    },
    "use.audience": {
        "none": "nobody but those who test it; whoever receives weights is no audience",
        "employees": "the organization's own staff",
        "business-customers": "customers that are companies",
        "public": "anybody",
    },
    "use.received_as": {
        "weights": "the model files themselves",
        "integrated-product": "inside somebody else's finished product",
    },
    "use.outputs.train_models": {
        "none": "outputs train nothing",
        "same-family": "the same license version of the same family, or derivatives of it",
        "other-llm": "some other language model",
        "other-model": "a model that is no language model",
    },
    "use.acts": {
        "run": "run the model",
        "fine-tune": "train its weights further",
        "train-adapter": "train an adapter beside its weights",
        "quantize": "change the format or precision of its weights",
        "merge": "merge its weights with those of another model",
        "distill": "train another model to do as it does",
        "train-on-outputs": "train another model on what it writes",
        "build-product": "build an application that uses it in the background",
        "host-as-api": "let third parties run or tune it through an API",
        "distribute-weights": "pass its weights on",
        "distribute-derivative": "pass a changed model on",
        "distribute-product": "pass on a product that holds its weights",
        "publish-outputs": "publish what it writes",
    },
    "use.domains": {
        "human-claim": "passes outputs off as written by people",
        "transportation-operation": "operates vehicles or other transport",
        "heavy-machinery": "operates heavy machinery",
        "critical-infrastructure": "operates critical infrastructure",
        "minors-without-age-gate": "may show minors what is not for them",
        "rights-infringement": "infringes rights of others",
        "sensitive-data": "handles sensitive personal data",
        "legal-advice": "gives legal advice",
        "medical-advice": "gives medical advice",
        "financial-advice": "gives financial advice",
    },
    "use.derivative.license": {"own-terms": "terms that the organization wrote itself"},
}
"""By fact and value. A value without an entry says what it means."""
REASONS: Mapping[str, str] = {
    "use.obtained_on": "The terms of the model changed over time, and those of the day on which the copy was obtained "
    "count.",
    "use.acts": "Licenses grant single acts, and ask for other things with each of them.",
    "organization.exchange_rates": "The profile and the license name amounts in different currencies.",
}
GIVEN: Mapping[str, str] = {
    "evidence.license_text": "Obtain the text of the license, put it into the model's repository or folder, and run "
    "`license-audit lock`. Where the model is made from one whose terms are known, name that parent in the manifest "
    "(`base`, with `relation`). Where counsel has read the terms, those of a hosted model for example, a waiver of "
    "`evidence.license_text` in the profile lets it pass, with a reason and a last day.",
    "evidence.key_clauses": "Let counsel read the text and judge it for this use. Where it may pass, write a waiver "
    "into the profile with this question's path as its finding, a reason and a last day.",
    "evidence.parents": "Find out what the model was made from, and name it in the manifest (`base`, with `relation`): "
    "that settles what cards and files only hint at.",
    "evidence.notice_file": "Let `license-audit lock` look for a NOTICE file in the model's repository, or name the "
    "folder with its files in the manifest (`path`).",
    "evidence.multimodal": "Find out whether the model handles more than text, and name the model that it was made "
    "from in the manifest (`base`): the catalog says it of those that it lists.",
    "evidence.openness": "Settle first which license texts the model and its parents come under.",
    "evidence.publisher": "Name the model in the manifest by the id under which its publisher offers it.",
    "evidence.age_in_months": "Add the model, with the day on which it was published, to `licenses/models/` in the "
    "folder that `--rules` names.",
    "evidence.data_limits": "Find out on which data the model and its parents were trained, have their cards name it, "
    "and run `license-audit lock`.",
    "evidence.data_disclosed": "Run `license-audit lock`, so that the cards of the model and of its parents are read.",
    "signoff": "Let counsel read the section and judge it. Where it may pass, write a waiver into the profile with "
    "this clause as its finding, a reason and a last day.",
    "": "This is no fact of the profile: it is read from the model's files. Run `license-audit lock`.",
}
"""What settles what no answer in the profile can; by the name of what is open."""
FULFILLED = "Where what it asks is done, list {clause} under `fulfils` of the use."
"""Said of a clause that is a duty, too."""
NOTICED: Mapping[str, tuple[str, ...]] = {
    "evidence.license_text": (
        "terms-not-read",
        "terms-unknown",
        "files-unread",
        "policy-astray",
        "text-missing",
        "license-missing",
        "license-ambiguous",
        "license-unrecognized",
        "other-without-name",
        "parent-terms-unknown",
        "parent-unavailable",
        "parent-unlicensed",
        "clauses-not-encoded",
        "lineage-loop",
        "lineage-too-deep",
        "lineage-too-large",
    ),
    "evidence.parents": ("lineage-contested", "parent-not-declared"),
}
"""Kinds of findings that say more about what is open."""
