"""A catalog of a few texts that nobody wrote, in which everything occurs that a page tells."""

from pathlib import Path

from license_audit.readers.catalog import PackagedCatalog

HEAD = """\
schema: 1
key: {key}
kind: {kind}
title: {title}
publisher: Ada
spdx: LicenseRef-{key}
version: "{version}"
date: {date}
reviewed: {{by: Bo and Cy, on: 2026-11-01, confidence: medium}}
"""
FILES = {
    "rules/definitions.yaml": """\
definitions:
  shares:
    meaning: a changed model leaves the house
    when: {fact: use.acts, op: includes-any, value: [distribute-derivative]}
""",
    "rules/permit.yaml": """\
rule: permit
kind: grant
title: Permit
meaning: The acts that it lists are permitted.
covers_acts: true
question: What is done?
remedy: Ask.
""",
    "rules/inside.yaml": """\
rule: inside
kind: exception
title: Came inside a product
meaning: Whoever got it in a product is freed.
when: {fact: use.received_as, op: is, value: integrated-product}
question: How did it come?
remedy: Keep the record.
""",
    "rules/held.yaml": """\
rule: held
kind: exception
title: Came as weights
meaning: Whoever got the weights is freed.
when: {fact: use.received_as, op: is, value: weights}
question: How did it come?
remedy: Keep the record.
""",
    "rules/copies.yaml": """\
rule: copies
kind: duty
title: Copies carry the text
meaning: The text goes along.
restriction: true
fulfilled_by: [license-copy, attribution-notices]
question: Is it handed on?
remedy: Add the text.
""",
    "rules/on-claim.yaml": """\
rule: on-claim
kind: duty
title: Owed after an event
meaning: Something is owed when the event happens.
parameters: [event]
when: {fact: use.events, op: includes-any, value: {parameter: event}}
question: Did it happen?
remedy: Do it.
""",
    "rules/fee.yaml": """\
rule: fee
kind: duty
title: A fee above a line
meaning: Whoever earns enough pays.
fulfilled_by: [royalty-payment]
parameters: [limit, currency]
when: {not: {fact: use.attributable_revenue, op: at-most, value: {parameter: limit}, currency: {parameter: currency}}}
question: What does it earn?
remedy: Pay.
""",
    "rules/cap.yaml": """\
rule: cap
kind: bar
title: Too many users
meaning: Nobody with too many users has any rights.
restriction: true
parameters: [limit, comparator, whose]
when:
  fact: organization.monthly_active_users
  op: {parameter: comparator}
  value: {parameter: limit}
  time: fixed-month
  month: 2024-01
  whose: {parameter: whose}
question: How many users?
remedy: Ask.
""",
    "rules/earnings.yaml": """\
rule: earnings
kind: bar
title: Too much revenue
meaning: Nobody with too much revenue has any rights.
parameters: [limit, since]
when: {fact: organization.monthly_revenue, op: at-least, value: {parameter: limit}, time: any-12-months,
       month: {parameter: since}, currency: EUR}
question: How much revenue?
remedy: Ask.
""",
    "rules/free.yaml": """\
rule: free
kind: condition
title: No money
meaning: Nobody earns money with it.
when:
  any:
    - {fact: use.purpose, op: one-of, value: [commercial, internal-business]}
    - {fact: use.attributable_revenue, op: more-than, value: 0}
question: Why?
remedy: Do not.
""",
    "rules/learn.yaml": """\
rule: learn
kind: prohibition
title: No other models
meaning: Outputs improve no other model.
limits_outputs: true
parameters: [targets]
when: {fact: use.outputs.train_models, op: one-of, value: {parameter: targets}}
question: What is trained?
remedy: Do not.
""",
    "rules/alike.yaml": """\
rule: alike
kind: condition
title: Same terms
meaning: A changed model keeps the terms.
parameters: [accepted, sharing]
when:
  all:
    - {defined: {parameter: sharing}}
    - not: {fact: use.derivative.license, op: one-of, value: {parameter: accepted}}
question: Which terms?
remedy: Keep them.
""",
    "rules/conduct.yaml": """\
rule: conduct
kind: condition
title: A policy is part of it
meaning: Who breaks the policy breaks the license.
parameters: [policy]
when: {policy: {parameter: policy}}
question: What is it for?
remedy: Read it.
""",
    "rules/closed.yaml": """\
rule: closed
kind: prohibition
title: Closed fields
meaning: Some fields are closed.
parameters: [domains]
when:
  all:
    - {fact: use.domains, op: includes-any, value: {parameter: domains}}
    - {fact: use.licensed_practice, op: is, value: false}
question: Which fields?
remedy: Do not.
""",
    "rules/reserved.yaml": """\
rule: reserved
kind: bar
title: Reserved
meaning: The acts are reserved.
question: What is done?
remedy: Ask.
""",
    "rules/person.yaml": """\
rule: person
kind: judgement
title: A person judges
meaning: A person must look.
question: Who looks?
remedy: Look.
""",
    "rules/suit.yaml": """\
rule: suit
kind: termination
title: A lawsuit ends it
meaning: Whoever sues loses it.
parameters: [rights]
when: {fact: organization.claims_against, op: is, value: true, rights: {parameter: rights}}
question: Did you sue?
remedy: Do not.
""",
    "rules/unused.yaml": """\
rule: unused
kind: duty
title: Used by none
meaning: Nobody asks for it.
parameters: [months]
when: {fact: organization.agreements.years_held, op: at-least, value: {parameter: months}}
question: Is it?
remedy: Nothing.
""",
    "licenses/old.yaml": HEAD.format(key="old", kind="license", title="Old | Terms", version=1, date="2023-01-02")
    + """\
sections: ["1", "2", "3"]
clauses:
  - {id: "1", rule: permit, acts: [run, build-product], anchor: you may, gist: You may run it and build with it.}
  - id: "2"
    rule: cap
    acts: any
    with: {limit: 500, comparator: more-than, whose: licensee}
    anchor: more than 500
    gist: Nobody with more than 500 users.
  - {id: "3", rule: copies, acts: [distribute-weights], anchor: add this, gist: Copies carry it.}
""",
    "licenses/new.yaml": HEAD.format(key="new", kind="license", title="New *Terms*", version=2, date="2024-02-03")
    + """\
aliases: [new terms]
incorporates: [{key: aup, by: "4", held: true}, {key: Lost Rules, by: "4", held: false}]
sections: ["1", "2", "3", "4", "5"]
clauses:
  - {id: 1/1, rule: permit, acts: [run], anchor: you may run, gist: You may run it.}
  - {id: 1/2, rule: permit, acts: [run, build-product], anchor: and build, gist: You may run it and build with it.}
  - {id: 1/3, rule: inside, acts: any, anchor: in a product, gist: A product frees from section 2.}
  - id: "2"
    rule: cap
    acts: any
    with: {limit: 1000, comparator: more-than, whose: licensee-and-affiliates-sum}
    unless: [1/3]
    cure: separate-license
    travels: with-derivatives
    anchor: more than 1000
    gist: Nobody with more than 1000 users.
    readings:
      - {name: added, difference: all users are added, held_by: the careful}
      - {name: each, difference: each alone, held_by: the bold, with: {whose: licensee-or-affiliates-any}}
      - {name: never, difference: it is void, held_by: the reckless, effect: none}
  - id: "3"
    rule: copies
    acts: [distribute-weights, host-as-api]
    anchor: add this
    gist: Copies carry it.
    wording: Made with <New> by Ada
  - {id: "4", rule: conduct, acts: any, with: {policy: aup}, anchor: the policy, gist: The policy is part of it.}
  - {id: 4/2, rule: conduct, acts: any, with: {policy: Lost Rules}, anchor: other rules, gist: Other rules too.}
  - {id: 5/2, rule: on-claim, acts: any, with: {event: third-party-claim}, anchor: pay us, gist: You pay.}
no_duty: [{section: "5", reason: Courts.}]
""",
    "licenses/aup.yaml": HEAD.format(key="aup", kind="policy", title="Use Rules", version=1, date="2024-02-03")
    + """\
sections: ["1"]
clauses:
  - {id: "1", rule: closed, acts: any, with: {domains: [legal-advice]}, anchor: no law, gist: No law without license.}
""",
    "licenses/part.yaml": HEAD.format(key="part", kind="license", title="Part", version=1, date="2022-02-03")
    + """\
coverage: key-clauses
sections: ["7"]
clauses:
  - {id: "7", rule: suit, acts: any, with: {rights: [patent]}, anchor: you sue, gist: Whoever sues loses it.}
""",
    "licenses/names.yaml": """\
schema: 1
known:
  old: {title: Old | Terms, publisher: Ada, spdx: LicenseRef-old, kind: license, openness: community, version: "1",
        date: 2023-01-02, language: en, aliases: []}
  new: {title: New *Terms*, publisher: Ada, spdx: LicenseRef-new, kind: license, openness: community, version: "2",
        date: 2024-02-03, language: en, supersedes: old, aliases: [new terms],
        incorporates: [{key: aup, held: true}, {key: Lost Rules, held: false}]}
  aup: {title: Use Rules, publisher: Ada, spdx: LicenseRef-aup, kind: policy, version: "1", date: 2024-02-03,
        language: en, aliases: []}
  next: {title: Next, publisher: Ada, spdx: LicenseRef-next, kind: license, openness: research-only, version: null,
         date: null, published: 2025, language: fr, supersedes: new, aliases: [],
         incorporates: [{key: aup, held: true}]}
  part: {title: Part, publisher: Ada, spdx: LicenseRef-part, kind: license, openness: community, version: "1",
         date: 2022-02-03, language: en, aliases: []}
ambiguous:
  ada: {keys: [old, new], decided_by: date}
""",
    "licenses/models/ada.yaml": """\
schema: 1
publisher: Ada
organizations: [ada]
models:
  ada/one:
    terms:
      - {license: new terms, since: 2024-02-03, until: 2025-01, source: card, confidence: high}
      - {license: Ada's own words, since: 2025-01, source: card, confidence: low}
""",
    "licenses/data.yaml": """\
schema: 1
data:
  ada/words: {title: Words, license: new, note: Words., source: page, confidence: low}
  ada/more: {title: More, note: No license., source: page, confidence: low}
""",
    "licenses/providers.yaml": """\
schema: 1
providers:
  ada: {title: Ada Cloud, terms: Cloud Terms, license: null}
  bo: {title: Bo Cloud, terms: Old, license: old}
""",
}


def laid(folder: Path, more: dict[str, str] | None = None) -> PackagedCatalog:
    """The catalog in a folder, with further files or in place of some."""
    for name, text in {**FILES, **(more or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return PackagedCatalog(folder)


def license_of(key: str, clauses: str, more: str = "") -> dict[str, str]:
    """A license of one section with these clauses, as a file."""
    head = HEAD.format(key=key, kind="license", title=key.title(), version=1, date="2024-01-01")
    return {f"licenses/{key}.yaml": f'{head}{more}sections: ["1"]\nclauses:\n{clauses}'}
