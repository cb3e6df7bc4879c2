"use strict";
/*
 * The declared facts of a profile as the what-if changes them: which there are, what each may be, how a change is
 * written down as a JSON merge patch of profile.yaml (RFC 7396), and conditions as English sentences.
 *
 * auditFacts.list(data)                   facts that clauses in play look at, for the organization and for each use
 * auditFacts.get(profile, fact)           the declared value; undefined when there is none
 * auditFacts.set(profile, fact, value)    the profile with another value; undefined takes it away
 * auditFacts.patch(facts, before, after)  what to change in profile.yaml
 * auditFacts.isChanged(fact, before, after)
 * auditFacts.sentence(condition, words)   as sentences.py has it; `words` are those of the data
 */
const auditFacts = (() => {
  const AGREEMENTS = "organization.agreements";
  const CLAIMS = "organization.claims_against";
  const RATES = "organization.exchange_rates";
  const EVER = "0001-01"; // first month that counts where a text names none
  const DERIVED = [
    `${AGREEMENTS}.years_held`, `${CLAIMS}.licensor`, `${CLAIMS}.offensive`, "use.derivative.name_prefixes",
    "use.outputs.trained_model.name_prefixes", "use.fulfils",
  ];

  // --- conditions ---

  /** Every comparison of a condition. */
  function comparisons(condition) {
    if (typeof condition !== "object" || condition === null) return [];
    const parts = condition.all || condition.any || (condition.not === undefined ? null : [condition.not]);
    if (parts) return parts.flatMap(comparisons);
    return condition.fact ? [condition] : [];
  }

  /** The condition in English. */
  function sentence(condition, words) {
    if (typeof condition === "boolean") return condition ? "always" : "never under this reading";
    if (condition.policy) return `a clause of ${condition.policy} is broken`;
    const parts = (condition.all || condition.any || []).map((part) => bracketed(part, words));
    if (parts.length) return parts.join(condition.all ? " and " : " or ");
    return condition.not === undefined ? told(condition, words) : negated(condition.not, words);
  }

  function negated(part, words) {
    const text = bracketed(part, words);
    if (part.op !== "one-of" || !text.includes(" is ")) return `it is not so that ${text}`;
    return text.replace(" is ", " is none of ").replaceAll(" or ", ", ");
  }

  const bracketed = (part, words) => (part.all || part.any ? `(${sentence(part, words)})` : sentence(part, words));

  function told(comparison, { comparisons: numeric, titles, names, whose: people }) {
    const { fact, op, values = [], number, time, month, whose = "licensee-and-affiliates-sum", currency, rights = ["any"] } = comparison;
    if (fact in titles && !(op in numeric)) {
      const which = rights.length === 1 && rights[0] === "any" ? "" : ` (${rights.join(" or ")})`;
      return `${values.length === 1 && values[0] === "false" ? "it is not so that " : ""}${titles[fact]}${which}`;
    }
    const name = titles[fact] || names[fact] || `the ${inWords(fact)}`;
    if (!(op in numeric)) return `${name} ${op === "includes-any" ? "include" : "is"} ${values.join(" or ") || "nothing"}`;
    const of = fact.endsWith("users") || fact === "organization.annual_revenue" ? `, ${people[whose]},` : "";
    const when = !month || month === EVER ? "" : ` ${time === "fixed-month" ? "in" : "since"} ${month}`;
    return `${name}${when}${of} is ${numeric[op]} ${marked(number)}${currency ? ` ${currency}` : ""}`;
  }

  /** The end of a fact's path in words. */
  const inWords = (path) => path.split(".").pop().replaceAll("_", " ");

  /** What a fact is called. */
  const labelOf = (path, { titles, names }) => (titles[path] || names[path] || inWords(path)).replace(/^the /, "");

  /** With thousands marked. */
  function marked(text) {
    const [digits, decimals = ""] = text.split(".");
    return BigInt(digits).toLocaleString("en-US") + (/[1-9]/.test(decimals) ? `.${decimals}` : "");
  }

  // --- facts ---

  /**
   * Facts that may be changed: {id, path, use, kind, label, words, values, periods, currencies, keys}. `use` is the name
   * of a use, or null for the organization; `periods` are those that clauses measure, `keys` licenses that agreements
   * and claims may be about.
   */
  function list(data) {
    const clauses = Object.entries(data.licenses).flatMap(([key, { clauses: all }]) => all.map((one) => [key, one]));
    const compared = clauses.flatMap(([key, one]) => [one, ...(one.alternatives || [])]
      .flatMap((reading) => comparisons(reading.when)).map((atom) => [key, atom]));
    // A key says whose license is meant only where the text names its licensor.
    const cured = clauses.filter(([key, one]) => one.cure === "separate-license" && (data.licenses[key].licensors || []).length)
      .map(([key]) => key);
    const paths = Object.keys(data.kinds).filter((path) => /^(organization|use)\./.test(path) && !DERIVED.includes(path));
    const known = paths.map((path) => factOf(path, data, compared));
    const found = known.filter((fact) => fact.path.startsWith("organization.") && ![AGREEMENTS, CLAIMS].includes(fact.path));
    const about = (path) => unique(compared.filter(([, atom]) => atom.fact.startsWith(path)).map(([key]) => key));
    const held = unique([...cured, ...about(AGREEMENTS)]);
    if (held.length) found.push(special("agreements", AGREEMENTS, "separate licenses held, each for all models under it", held));
    if (about(CLAIMS).length) found.push(special("claims", CLAIMS, "infringement claims brought", about(CLAIMS)));
    if (paths.includes("organization.monthly_active_users")) found.push(special("date", "organization.founded", "founded"));
    found.push(...rates(data, known));
    for (const use of unique(data.analyses.map((one) => one.use)).sort()) {
      found.push(...known.filter((fact) => fact.path.startsWith("use.")).map((fact) => ({ ...fact, use, id: `${use}/${fact.path}` })));
      if (data.analyses.some((one) => one.use === use && one.copies.length > 1)) {
        found.push({ ...special("date", "use.obtained_on", "day on which the copy was obtained"), use, id: `${use}/obtained_on` });
      }
      // What a folder shows of the duties is no declared fact.
      if (data.analyses.some((one) => one.use === use && one.fulfils)) continue;
      found.push({ ...special("fulfils", "use.fulfils", "duties shown done", tokens(data)), use, id: `${use}/fulfils` });
    }
    return found;
  }

  const unique = (values) => [...new Set(values)];
  const special = (kind, path, label, keys = []) => ({ id: path, path, use: null, kind, label, keys });

  function factOf(path, data, compared) {
    const { name, values = [], words = [], money = false, countries = false } = data.kinds[path];
    const atoms = compared.filter(([, atom]) => atom.fact === path).map(([, atom]) => atom);
    const named = unique(atoms.flatMap((atom) => atom.values || []));
    const listed = path === "use.acts" ? words : (words.length ? words : named).filter((word) => named.includes(word));
    return {
      id: path, path, use: null, kind: name, label: labelOf(path, data.words), values: name === "text" ? textsOf(path, named, data) : values, money,
      words: countries ? null : listed,
      periods: unique(atoms.map((atom) => licenseAudit.periodOf(atom.time, atom.month, data.on))).filter(Boolean).sort(),
      currencies: unique(atoms.map((atom) => atom.currency)).filter(Boolean).sort(),
    };
  }

  /** What a text may be: what clauses name, what any use declares, and terms of one's own. */
  function textsOf(path, named, data) {
    const declared = Object.keys(data.profile.uses).map((use) => get(data.profile, { path, use }));
    return unique([...named, ...declared.filter(Boolean), "own-terms"]).sort();
  }

  /** Rates from each declared currency to each that clauses count in. */
  function rates(data, known) {
    const { organization, uses } = data.profile;
    const declared = [organization, ...Object.values(uses)].flatMap((one) => Object.values(one)).map((one) => one.currency);
    const counted = unique(known.flatMap((fact) => fact.currencies));
    const pairs = unique(declared.filter(Boolean)).sort().flatMap((from) => counted.map((to) => [from, to]));
    return pairs.filter(([from, to]) => from !== to).map(([from, to]) =>
      ({ id: `${RATES}.${from}.${to}`, path: `${RATES}.${from}.${to}`, use: null, kind: "rate", label: `1 ${from} in ${to}` }));
  }

  /** Tokens that show duties of clauses in play done, and ids of those duties that have none; sorted. */
  function tokens(data) {
    const all = Object.values(data.licenses).flatMap(({ clauses }) => clauses.flatMap((one) => [one, ...(one.alternatives || [])]));
    const atoms = all.flatMap((one) => comparisons(one.when)).filter(({ fact }) => fact === "use.fulfils");
    const asked = atoms.flatMap(({ values }) => values);
    const found = Object.entries(data.licenses).flatMap(([key, { clauses }]) => clauses.flatMap((one) => {
      const rule = data.rules[one.rule];
      const duties = one.duties || rule.duties || [];
      return (one.kind || rule.kind) === "duty" && !duties.length ? [`${key}/${one.id}`] : duties;
    }));
    return unique([...found, ...asked]).sort();
  }

  // --- values ---

  /** Where a fact stands in a profile. */
  function stepsOf({ path, use }) {
    const [root, ...rest] = path.split(".");
    return root === "use" ? ["uses", use, ...rest] : [root, ...rest];
  }

  const own = (owner, step) => (owner !== undefined && Object.hasOwn(owner, step) ? owner[step] : undefined);
  const get = (profile, fact) => stepsOf(fact).reduce(own, profile);

  function set(profile, fact, value) {
    const put = (owner, [step, ...rest]) => {
      const kept = Object.entries(owner || {}).filter(([key]) => key !== step);
      const inner = rest.length ? put(own(owner, step), rest) : value;
      return Object.fromEntries(inner === undefined ? kept : [...kept, [step, inner]]);
    };
    return put(profile, stepsOf(fact));
  }

  /** What to change in profile.yaml so that it declares what `after` does. Null takes a fact away. */
  function patch(facts, before, after) {
    const found = Object.create(null); // a use may be called __proto__
    for (const fact of facts.filter((one) => isChanged(one, before, after))) {
      const [old, now] = [before, after].map((profile) => written(fact, get(profile, fact)));
      const steps = stepsOf(fact);
      const last = steps.pop();
      steps.reduce((owner, step) => (owner[step] = owner[step] || Object.create(null)), found)[last] = difference(old, now);
    }
    return found;
  }

  /** Whether a fact is another; the order of a list means nothing. */
  function isChanged(fact, before, after) {
    const [old, now] = [before, after].map((profile) => JSON.stringify(sorted(get(profile, fact))));
    return old !== now;
  }

  function sorted(value) {
    if (Array.isArray(value)) return value.map((one) => JSON.stringify(one)).sort();
    return value && value.items ? { items: [...value.items].sort(), open: value.open || false } : value;
  }

  function difference(old, now) {
    if (JSON.stringify(old) === JSON.stringify(now)) return undefined;
    if (now === undefined) return null;
    const isMap = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
    if (!isMap(old) || !isMap(now)) return now;
    const changed = unique([...Object.keys(old), ...Object.keys(now)]).map((key) => [key, difference(old[key], now[key])]);
    return Object.fromEntries(changed.filter(([, part]) => part !== undefined));
  }

  /** A value as profile.yaml has it. */
  function written(fact, value) {
    if (value === undefined) return undefined;
    if (fact.kind === "items") return value.open ? { items: value.items, open: true } : value.items;
    if (fact.kind === "rate") return numeral(value);
    if (fact.kind === "fulfils") return value.map(record);
    if (fact.kind !== "amount") return value;
    const { currency, at_least: least, at_most: most, at_most_any_12_months: ceiling, figures = [] } = value;
    const parts = [["at_least", least], ["at_most", most], ["at_most_any_12_months", ceiling], ...figures].filter(([, part]) => part !== undefined);
    return { ...(currency ? { currency } : {}), ...Object.fromEntries(parts.map(([key, part]) => [key, numeral(part)])) };
  }

  /** A duty shown done: a token, the id of a clause, or one of them with the licenses that it is done for. */
  function record({ duty, clause, licenses }) {
    if (!licenses) return duty || clause;
    return duty ? { [duty]: licenses } : { clause, licenses };
  }

  /** A number where it keeps every digit, and a text where it would not. */
  const numeral = (text) => (String(Number(text)) === text ? Number(text) : text);

  return { list, get, set, patch, isChanged, sentence };
})();
