"""What the kinds of findings mean and what to do about them, for formats that list kinds as rules."""

from collections.abc import Mapping
from typing import NamedTuple


class Kind(NamedTuple):
    """A kind of finding in words."""

    title: str
    """A few words."""
    meaning: str
    """What was found, and why it matters."""
    help: str
    """The next step."""


_LINEAGE_END = "Name the parents in the manifest under base, so that the lineage need not be followed."
KINDS: Mapping[str, Kind] = {
    "use-allowed": Kind(
        "Model use is allowed",
        "Every act of this use is granted, nothing bars it, and no duty is outstanding.",
        "Nothing is owed; set fail_on to a graver verdict where this should not stop anything.",
    ),
    "use-conditional": Kind(
        "Model use has duties",
        "The use is allowed, and duties are owed that nobody has recorded as done.",
        "Do what is owed and record it in the profile under fulfils.",
    ),
    "use-undetermined": Kind(
        "Model use is not decided",
        "Facts or evidence are missing, and the verdict depends on them. Nothing is guessed.",
        "Answer the questions in the profile, or supply the missing text; license-audit questions lists them all.",
    ),
    "use-disallowed": Kind(
        "Model use is not allowed",
        "A clause rules the use out, a permission ended, or no clause grants what is done.",
        "Change the use, take another model, or obtain what lifts the bar, such as a separate license.",
    ),
    "policy-denied": Kind(
        "Policy denies the model",
        "The organization's own policy in the profile denies this model, whatever its license says.",
        "Take another model, or have whoever owns the policy change it or waive the finding.",
    ),
    "terms-moved": Kind(
        "Terms moved since they were locked",
        "The terms upstream are no longer those that the lock file holds.",
        "Read what changed, then take it over with license-audit lock --upgrade MODEL, or pin the old revision.",
    ),
    "policy-not-held": Kind(
        "Policy that nobody has read",
        "A use policy is part of the license, and no text of it is held, so none of its limits is judged.",
        "Have the policy that is posted now compared with the use, and record policy-check under fulfils.",
    ),
    "policy-astray": Kind(
        "Policy of a license that is not here",
        "A use policy lies with the model, and none of the licenses that it is part of: what went in is a question.",
        "Find out what the model was made from, and name it in the manifest (`base`, with `relation`).",
    ),
    "waiver-lapsed": Kind(
        "Waiver no longer counts",
        "A waiver ended, or was given for other terms than those that hold now.",
        "Decide anew: renew the waiver for what holds now, or settle what it was given for.",
    ),
    "acceptance-lapsed": Kind(
        "Acceptance no longer counts",
        "The terms that somebody accepted are not the terms that hold now.",
        "Have the present terms accepted, and record by whom and when.",
    ),
    "gate-changed": Kind(
        "Access to the model changed",
        "The repository is handed out on other conditions than when it was locked.",
        "See what has to be accepted now, then run license-audit lock --upgrade MODEL.",
    ),
    "repository-renamed": Kind(
        "Repository was renamed",
        "The hub answers for this model under another name.",
        "Check that it is still the same publisher, then change the name in the manifest.",
    ),
    "evidence-odd": Kind(
        "Evidence is odd",
        "A file of the model could not be read as what it should be.",
        "Look at the file that is named, and correct it or report it to the publisher.",
    ),
    "files-unread": Kind(
        "Files were not read",
        "Files that may hold terms or lineage are there, and nobody could read them.",
        "Read them yourself, or supply them as plain text.",
    ),
    "license-missing": Kind(
        "No license is declared",
        "The model names no license, and without one nothing is granted.",
        "Ask the publisher for a license, or take another model.",
    ),
    "license-ambiguous": Kind(
        "License name is ambiguous",
        "The declared name can mean several licenses.",
        "Find out which one is meant, and supply its text.",
    ),
    "license-unrecognized": Kind(
        "License name is not known",
        "Nobody knows a license of the declared name.",
        "Find the text that is meant; license-audit identify tells which license a text is.",
    ),
    "other-without-name": Kind(
        "License is other and has no name",
        "The card says other and does not say which license that is.",
        "Find the text that is meant; license-audit identify tells which license a text is.",
    ),
    "several-licenses": Kind(
        "Several licenses",
        "More than one license is named or found, and nothing says how they stand to each other.",
        "Find out whether both apply, either may be chosen, or one is for code and one for weights.",
    ),
    "declared-differs-from-found": Kind(
        "Declared license is not the one found",
        "What is declared for the model differs from the terms it comes under.",
        "Go by the terms found, and have the declaration corrected.",
    ),
    "declared-differs-from-text": Kind(
        "Declared license is not that of the text",
        "The license text that lies with the model is another than the declared one.",
        "Go by the text, and ask the publisher which of the two is meant.",
    ),
    "declared-differs-from-prose": Kind(
        "Declared license contradicts the card",
        "The prose of the card says something else about terms than its license field.",
        "Ask the publisher which of the two is meant.",
    ),
    "obtained-under-other-terms": Kind(
        "Copy came under other terms",
        "The model was obtained when it came under other terms than today.",
        "Keep to the terms of the copy, or obtain a new copy under today's terms and declare its date.",
    ),
    "unknown-text": Kind(
        "License text is not known",
        "A license text lies with the model that matches no known license.",
        "Have the text read by somebody who can judge it.",
    ),
    "text-altered": Kind(
        "License text was altered",
        "The license text with the model is not as published, so it is not that license.",
        "Compare the changed sections; license-audit identify FILE shows them.",
    ),
    "passage-not-found": Kind(
        "Words of a clause are not in the text",
        "The text with the model lacks the words that a clause is read from.",
        "Compare the text with the published one; license-audit identify FILE shows the difference.",
    ),
    "code-license-on-weights": Kind(
        "License for code beside weights",
        "The text with the model is a license for code, while another is declared for the weights.",
        "Keep to both, or ask the publisher which one the weights come under.",
    ),
    "terms-unknown": Kind(
        "Terms are not known",
        "Nothing that could be read says under which terms the model comes.",
        "Lock the model with license-audit lock, or supply its card and license text.",
    ),
    "terms-not-read": Kind(
        "Terms were not read",
        "The card points to terms that nobody has read.",
        "Read the terms that it points to, and supply their text.",
    ),
    "clauses-not-encoded": Kind(
        "License is known and not encoded",
        "The license is recognized, and its clauses are not in the catalog yet.",
        "Read the license yourself, or add it to the catalog.",
    ),
    "key-clauses-only": Kind(
        "Only key clauses are encoded",
        "Of the license only what bars, what is capped and what must be shown is encoded. The rest is not judged.",
        "Have the text read. Where it may pass, waive evidence.key_clauses and the license's key, with a last day.",
    ),
    "parent-terms-unknown": Kind(
        "Terms of a parent are not known",
        "The model was made from another whose terms are not known, and these may bind it.",
        "Lock the model with its parents, or find out the terms of the parent.",
    ),
    "parent-not-declared": Kind(
        "Parent is not declared",
        "The model points to a parent that its card does not declare.",
        "Name the parent in the manifest under base, or say there that it is none.",
    ),
    "parent-unavailable": Kind(
        "Parent could not be read",
        "A parent of the model does not exist any more, or could not be read.",
        "Find out what became of the parent, and under which terms it came.",
    ),
    "parent-unlicensed": Kind(
        "Parent names no license",
        "A parent of the model names no license, so nothing is granted by its publisher.",
        "Ask the publisher of the parent for a license.",
    ),
    "restriction-dropped": Kind(
        "Restriction of a parent was dropped",
        "A model was relicensed more freely than its parent allows. The parent's terms still bind.",
        "Keep to the parent's terms, and have the card corrected.",
    ),
    "lineage-contested": Kind(
        "Sources name different parents",
        "The sources do not agree from which models this one was made.",
        "Find out which parent is right, and name it in the manifest under base.",
    ),
    "lineage-loop": Kind("Lineage runs in a circle", "A model is named among its own ancestors.", _LINEAGE_END),
    "lineage-too-deep": Kind("Lineage is too deep", "Ancestors lie further up than is read.", _LINEAGE_END),
    "lineage-too-large": Kind("Lineage is too large", "There are more ancestors than are read.", _LINEAGE_END),
    "missing-model": Kind(
        "Model is not in the manifest",
        "Source names a model that the manifest does not list, so nobody has judged it.",
        "List it in the manifest with its use, or run license-audit scan --fix --use NAME.",
    ),
    "unclear-model": Kind(
        "Possibly a model that is not in the manifest",
        "Source names something that may be a model, and the manifest does not list it.",
        "List it in the manifest with its use, or say under scan.not_models that it is no model.",
    ),
    "unread-file": Kind(
        "File was not scanned",
        "A file could not be read, so nobody knows whether it names models.",
        "Mend the file or its permissions, or name it in the manifest under scan.skip with a reason.",
    ),
    "artifact-contradicts": Kind(
        "Folder lacks what is recorded as done",
        "The profile records a duty as done, and the folder that is handed out does not show it. It counts as owed.",
        "Put into the folder what is missing, or name the folder that really goes out.",
    ),
    "artifact-missing": Kind(
        "Folder does not show a duty done",
        "A duty is owed that a file can show, and no file of the folder that is handed out shows it.",
        "Put into the folder what is missing; license-audit kit makes most of it.",
    ),
    "artifact-unclear": Kind(
        "Folder cannot be held against its originals",
        "What the folder has to be compared with is not on this machine, or a file of the folder was not read.",
        "Compare it yourself and record the duty under fulfils, or supply the files of the model.",
    ),
    "results-left-out": Kind(
        "Results were left out",
        "There are more results than this format may hold. The gravest were kept.",
        "See the text, JSON or HTML report for all of them.",
    ),
}
"""By the name that reports use. Findings that are only notes are in no list of problems, and not here."""


def kind(name: str) -> Kind:
    """What a kind of finding means; for one that is not known here, what its name says."""
    title = f"{name[:1].upper()}{name[1:]}".replace("-", " ")
    return KINDS.get(name) or Kind(title, f"A finding of the kind {name}.", "See the report for what it is about.")
