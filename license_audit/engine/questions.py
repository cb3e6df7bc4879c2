"""What is asked about a fact that is not declared: one question for each, whichever clause asks it."""

from collections.abc import Mapping

QUESTIONS: Mapping[str, str] = {
    "organization.kind": "What is the organization?",
    "organization.established_in": "In which countries is the organization established, principal place first?",
    "organization.monthly_active_users": "How many monthly active users did all products and services together have in "
    "{period}, affiliates included?",
    "organization.daily_active_users": "How many users a day, at most, did all products with the model inside have in "
    "{period}, affiliates included?",
    "organization.business_lines": "What does the group do for money?",
    "organization.competes_with": "With which licensors do products of the group compete? (An empty list says none.)",
    "organization.tax_exempt": "Is the organization a recognized charity?",
    "organization.annual_revenue": "How much revenue did the whole group have in {period}?",
    "organization.monthly_revenue": "How much revenue did the whole group have in {period}?",
    "organization.agreements.since": "Since when does the organization hold each of these separate licenses?",
    "organization.agreements": "Which separate licenses for these models does the organization hold? "
    "(An empty list says none.)",
    "organization.claims_against": "Which claims has the organization brought that one of these models infringes its "
    "rights? (An empty list says none.)",
    "organization.exchange_rates": "Which exchange rate holds between the declared currency and the clause's?",
    "use.purpose": "What is the purpose of the use?",
    "use.environment": "In which environment does the model run?",
    "use.acts": "What is done with the model?",
    "use.audience": "Whom does the use serve?",
    "use.offered_in": "In which countries is the use offered?",
    "use.operated_in": "In which countries does the organization itself run the model?",
    "use.product_monthly_active_users": "How many monthly active users did the product that uses the model have in "
    "{period}?",
    "use.product_monthly_unique_users": "How many different people used the product that uses the model, month "
    "by month?",
    "use.product_monthly_visits": "How many visits did the product that uses the model have in {period}?",
    "use.product_monthly_revenue": "How much revenue did the product that uses the model have in {period}?",
    "use.product_annual_recurring_revenue": "How much yearly recurring revenue did the product that uses the model "
    "have in {period}?",
    "use.deployed_devices": "On how many devices of end users did the model run in {period}, affiliates included?",
    "use.hardware": "On which hardware does the model run?",
    "use.decision_making": "Does the use decide about persons, and does a human review it?",
    "use.safety_measures": "Are the safety measures of the model kept?",
    "use.fulfils": "Which duties of these licenses, registration included, are shown done? (An empty list says none.)",
    "use.domains": "In which fields is the model used?",
    "use.received_as": "How was the model received?",
    "use.outputs.train_models": "Which models are trained or improved with the outputs?",
    "use.outputs.trained_model.name": "What is the model called that is trained on outputs?",
    "use.outputs.trained_model.kind": "What kind of model is trained on outputs?",
    "use.outputs.trained_model.performs_similarly": "Is the trained model meant to do what this model does?",
    "use.outputs.trained_model.distributed": "Is the trained model handed to others or made available to them?",
    "use.outputs.trained_model.purpose": "Why is a model trained on outputs?",
    "use.outputs.trained_model.competes_with_licensor": "Does the trained model compete with a model or product of the "
    "licensor?",
    "use.outputs.used_in": "In which countries are the outputs used?",
    "use.derivative.license": "Under which license is the changed model shared?",
    "use.derivative.name": "What is the changed model called?",
    "use.derivative.public_statements": "Is anything public said about a model that you changed?",
    "use.licensed_practice": "Is the professional practice in this use licensed?",
    "use.obtained_on": "On which day was this copy of the model obtained?",
    "use.consents_held": "Are the rights and consents held that the law asks for with sensitive data?",
    "evidence.license_text": "Which license text does this model come under? Its terms, or a parent's, have not been "
    "read.",
    "evidence.key_clauses": "Only the key clauses of {period} are encoded here. Does anything else in its text rule "
    "this use out? A person must read it.",
    "evidence.multimodal": "Does the model handle more than text?",
    "evidence.parents": "Is the model named in its files really a parent of this one?",
    "signoff": "A person must judge this clause.",
}
"""What is asked about a fact. A section may ask for several facts at once; each is one question here.

The first fact that a path starts with counts, so a part of a fact stands before the whole.
"""
ANY_PERIOD = "any twelve months"
"""What a figure is about where no single month or year is measured."""


def question(path: str) -> str | None:
    """The question about a fact, by its path from `use` or `organization` on; None where a rule asks in its own words.

    What stands behind the fact in the path is the period that a clause measures.
    """
    for fact, text in QUESTIONS.items():
        if path == fact or path.startswith(f"{fact}."):
            return text.format(period=path[len(fact) + 1 :] or ANY_PERIOD)
    return None
