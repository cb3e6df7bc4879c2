"use strict";
/*
 * The engine of the what-if: what a license comes to when a declared fact changes. It evaluates the same condition data
 * as the engine in Python, function by function under the same names, and tests hold the two against each other.
 *
 * licenseAudit.assess(data, profile, number)      one analysis: verdict, outcomes, duties, questions, readings
 * licenseAudit.assessAll(data, profile)           all of them, in order; those that cannot differ are worked out once
 * licenseAudit.conditions(data, profile, number)  how each part of each condition came out, with the declared facts
 *
 * `data` is what license_audit/what_if.py wrote, `profile` has the shape of data.profile. Nothing is changed in either,
 * so `data` may be kept. Numbers are texts such as "1000000.5", days "2026-11-26", months "2026-11".
 *
 * What is known of a fact is true, false or a formula over what nobody declared: a leaf (one undecided comparison) or a
 * node (all, or any, of its parts). Equal formulas are one object, so that `===` compares them.
 */
const licenseAudit = (() => {
  const BARRING = ["bar", "prohibition", "condition", "termination"];
  const BUDGET = 20000; // steps of one search; the engine in Python gives up after as many
  const MONTHS = 12;
  const OTHER = "(something else)";
  const UNKNOWN_TEXT = "evidence.license_text";
  const KEY_CLAUSES = "evidence.key_clauses";
  const AGREEMENTS = "organization.agreements";
  const CLAIMS = "organization.claims_against";
  const RIGHTS = ["patent", "copyright", "trademark", "trade-secret", "contract", "other"];
  const USERS = "organization.monthly_active_users";
  const REVENUE = "organization.monthly_revenue";
  const YEARLY = "organization.annual_revenue";
  const SUM = "licensee-and-affiliates-sum";
  const YES = ["yes"];
  const YES_NO = ["yes", "no"];
  const SHOWN = 3; // questions that the reason names
  const TOO_MANY = new Error("the search was given up; the answer stays open");
  const SURROGATES = /[\ud800-\udfff]/;
  const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;

  // --- exact numbers: fractions of whole numbers of any length, the denominator above zero ---

  const ZERO = { n: 0n, d: 1n };
  const numbers = new Map();

  /** A text such as "12", "0.5" or "1E+3" as a fraction. RangeError for what is no number. */
  function number(text) {
    if (!numbers.has(text)) {
      const found = /^(\d+)(?:\.(\d*))?(?:E([+-]?\d{1,4}))?$/i.exec(text);
      if (!found) throw new RangeError(`not a number: ${text}`);
      const fraction = found[2] || "";
      const shift = Number(found[3] || 0) - fraction.length;
      const digits = BigInt(found[1] + fraction);
      const power = 10n ** BigInt(Math.abs(shift));
      numbers.set(text, shift < 0 ? reduced(digits, power) : { n: digits * power, d: 1n });
    }
    return numbers.get(text);
  }

  function reduced(n, d) {
    let [a, b] = [n, d];
    while (b) [a, b] = [b, a % b];
    return { n: n / a, d: d / a };
  }

  /** Below, at or above zero as the first is below, at or above the second. */
  function compare(a, b) {
    const difference = a.n * b.d - b.n * a.d;
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }

  const plus = (a, b) => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d });
  const minus = (a, b) => ({ n: a.n * b.d - b.n * a.d, d: a.d * b.d });
  const times = (a, b) => ({ n: a.n * b.n, d: a.d * b.d });
  const over = (a, b) => ({ n: a.n * b.d, d: a.d * b.n });
  const whole = (count) => ({ n: BigInt(count), d: 1n });
  const total = (values) => values.reduce((sum, value) => (value === null ? sum : plus(sum, value)), ZERO);

  /** The largest that is known; null when none is. */
  function largest(values) {
    return values.reduce((most, one) => (most === null || (one !== null && compare(one, most) > 0) ? one : most), null);
  }

  function smallest(values) {
    return values.reduce((least, one) => (least === null || (one !== null && compare(one, least) < 0) ? one : least), null);
  }

  const orNull = (text) => (text === undefined || text === null ? null : number(text));

  // --- amounts.py: which interval a declared series leaves for the period that a clause measures ---

  const between = (low, high) => ({ low, high });
  const NOTHING = between(null, null);

  /** Whether a number of the interval is above the constant (or equal, when inclusive); null when that is open. */
  function above(known, constant, inclusive) {
    const low = known.low === null ? -1 : compare(known.low, constant);
    const high = known.high === null ? 1 : compare(known.high, constant);
    if (low > 0 || (inclusive && known.low !== null && low === 0)) return true;
    if (high < 0 || (!inclusive && known.high !== null && high === 0)) return false;
    return null;
  }

  const converted = (known, by, rate) =>
    between(known.low === null ? null : by(known.low, rate), known.high === null ? null : by(known.high, rate));

  function monthBefore(day) {
    const [year, month] = day.split("-").map(Number);
    const [y, m] = month > 1 ? [year, month - 1] : [year - 1, MONTHS];
    return `${String(y).padStart(4, "0")}-${String(m).padStart(2, "0")}`;
  }

  const yearBefore = (day) => String(Number(day.slice(0, 4)) - 1).padStart(4, "0");

  /** The month or year that a time mode measures on a day; null when it measures no single one. */
  function periodOf(time, month, on) {
    if (time === "fixed-month") return month || null;
    if (time === "preceding-month" || time === "present") return monthBefore(on);
    if (time === "annual") return yearBefore(on);
    return null;
  }

  /** What a declared series says about the measured period. `yearly`: its figures are those of fiscal years. */
  function interval(amount, time, month, on, yearly) {
    if (!amount) return NOTHING;
    const [least, most] = [orNull(amount.at_least), orNull(amount.at_most)];
    const ceiling = orNull(amount.at_most_any_12_months);
    const figures = (amount.figures || []).map(([name, value]) => [name, number(value)]);
    const period = periodOf(time, month, on);
    if (period !== null) {
      const exact = figures.find(([name]) => name === period);
      return exact ? between(exact[1], exact[1]) : meet(between(least, most), between(null, ceiling));
    }
    if (time === "any-12-months") {
      const windows = yearly ? anyTwoYears : anyTwelveMonths;
      return meet(windows(figures, least, most, month || null), between(null, ceiling));
    }
    return highest(figures, least, most, counted(yearly, time, month, on), on);
  }

  /** First and last completed period that count where a text names no single one; null where the first is open. */
  function counted(yearly, time, month, on) {
    const last = yearly ? yearBefore(on) : monthBefore(on);
    if (time === "annual-unnamed" && yearly) return [last, last];
    return time === "at-any-time" && month ? [month.slice(0, last.length), last] : null;
  }

  /** Bounds of the highest figure up to the day. */
  function highest(all, least, most, range, on) {
    const first = range === null ? "" : range[0];
    const figures = all.filter(([name]) => first <= name && name <= on.slice(0, 7));
    const values = figures.map(([, value]) => value);
    const names = new Set(figures.map(([name]) => name));
    if (range !== null && periods(...range).every((period) => names.has(period))) {
      return between(largest(values), largest(values));
    }
    return between(largest([...values, least]), most === null ? null : largest([...values, most]));
  }

  /** Every month, or every year, from the first to the last; the last alone where it comes first. */
  function periods(first, last) {
    const isYear = last.length === 4;
    const place = isYear ? Number : indexOf;
    const count = Math.max(0, place(last) - place(first) + 1);
    const found = Array.from({ length: count }, (_, step) => place(first) + step);
    return count ? found.map((one) => (isYear ? String(one).padStart(4, "0") : monthOf(one))) : [last];
  }

  const indexOf = (name) => Number(name.slice(0, 4)) * MONTHS + Number(name.slice(5));

  /** The month with a running number. */
  function monthOf(index) {
    const year = Math.floor((index - 1) / MONTHS);
    return `${String(year).padStart(4, "0")}-${String(index - year * MONTHS).padStart(2, "0")}`;
  }

  /** What two statements about one number leave of it. */
  const meet = (a, b) => between(largest([a.low, b.low]), smallest([a.high, b.high]));

  /** Bounds for the largest window of twelve months. `since`: the first month in which one that counts may begin. */
  function anyTwelveMonths(figures, least, most, since) {
    const high = most === null ? null : times(largest([most, ...figures.map(([, value]) => value)]), whole(MONTHS));
    const months = new Map(figures.map(([name, value]) => [indexOf(name), value]));
    const window = (start) => Array.from({ length: MONTHS }, (_, step) => months.get(start + step) || least);
    const starts = [...months.keys()].filter((start) => since === null || start >= indexOf(since));
    const sums = starts.map((start) => total(window(start)));
    return between(largest([...sums, least === null ? null : times(least, whole(MONTHS))]), high);
  }

  /** The same from fiscal years: a window lies in at most two of them. */
  function anyTwoYears(figures, least, most, since) {
    const values = figures.filter(([year]) => since === null || `${year}-01` >= since).map(([, value]) => value);
    const every = figures.map(([, value]) => value);
    return between(largest([...values, least]), most === null ? null : times(largest([most, ...every]), whole(2)));
  }

  /** What a year's ceiling adds about a month in it. */
  function boundedByYear(monthly, yearly, period) {
    const ceiling = interval(yearly, "fixed-month", period.slice(0, 4), "", true).high;
    return meet(monthly, between(null, ceiling));
  }

  // --- users.py: figures of a group, with affiliates added, compared one by one, or left out ---

  function ofGroup(s, fact, time, month, whose) {
    const measure = { name: fact.split(".").pop(), time, month, on: s.on, yearly: fact === YEARLY, period: periodOf(time, month, s.on) };
    const parts = affiliatesOf(s, measure);
    const all = allOfGroup(s, measure, parts);
    if (whose !== "licensee" && whose !== "licensee-or-affiliates-any") return all;
    if (parts === null) return between(null, all.high);
    const highs = parts.map((part) => part.high);
    const ownLow = difference(all.low, highs.includes(null) ? null : total(highs));
    const ownHigh = difference(all.high, total(parts.map((part) => part.low)));
    if (whose === "licensee") return between(ownLow, ownHigh === null ? all.high : ownHigh);
    const low = largest([...parts.map((part) => part.low || ZERO), ownLow]);
    const every = [...highs, ownHigh === null ? all.high : ownHigh];
    return between(low, every.includes(null) ? all.high : largest(every));
  }

  const figuresOf = (amount, { time, month, on, yearly }) => interval(amount, time, month, on, yearly);

  function allOfGroup(s, measure, parts) {
    const declared = figuresOf(s.organization[measure.name], measure);
    if (parts === null) return declared;
    const sum = total(parts.map((part) => part.low));
    const highs = parts.map((part) => part.high);
    if (!isExact(declared) && !highs.includes(null) && isTooYoung(s.organization.founded, measure.period)) {
      return between(sum, total(highs)); // bounds speak of the months in which there was a company
    }
    return between(largest([declared.low, sum]), declared.high);
  }

  /** One interval for each affiliate; null when affiliates are not declared. */
  function affiliatesOf(s, measure) {
    if (!s.organization.affiliates) return null;
    const { currency } = s.organization[measure.name] || {};
    return s.organization.affiliates.map((affiliate) => {
      const amount = affiliate[measure.name];
      const isOther = amount && amount.currency && amount.currency !== currency;
      const known = isOther ? NOTHING : figuresOf(amount, measure);
      return !isExact(known) && isTooYoung(affiliate.founded, measure.period) ? between(ZERO, ZERO) : known;
    });
  }

  const isExact = ({ low, high }) => low !== null && high !== null && compare(low, high) === 0;

  /** Whether a company did not exist before the measured month or year had ended. */
  const isTooYoung = (founded, period) => Boolean(founded) && period !== null && founded.slice(0, period.length) > period;

  const difference = (a, b) => (a === null || b === null ? null : largest([minus(a, b), ZERO]));

  // --- formula.py: what is open, and whether some completion of it makes a formula true ---

  let formulas = new Map();

  function interned(key, make) {
    let found = formulas.get(key);
    if (!found) {
      found = make();
      found.id = formulas.size;
      formulas.set(key, found);
    }
    return found;
  }

  /** One undecided comparison: `test` is {values}, sorted, or {constant, inclusive} for a cut of the number line. */
  function leaf(variable, path, test, domain = null, negated = false) {
    const told = test.values ? JSON.stringify(test.values) : `${test.constant.n}/${test.constant.d} ${test.inclusive}`;
    const key = [variable, path, told, domain, negated].join("\n");
    return interned(key, () => ({ variable, path, test, domain, negated, cut: told, names: new Set([variable]) }));
  }

  function node(conjunction, parts) {
    const key = (conjunction ? "&" : "|") + parts.map((part) => part.id).join(" ");
    return interned(key, () => ({ conjunction, parts, names: null }));
  }

  /** All of the parts (or any of them), simplified; parts of the same kind are merged. */
  function join(parts, conjunction) {
    const kept = new Set();
    for (const part of parts) {
      if (part === !conjunction) return part;
      if (part === conjunction) continue;
      if (part.parts && part.conjunction === conjunction) part.parts.forEach((inner) => kept.add(inner));
      else kept.add(part);
    }
    if (!kept.size) return conjunction;
    return kept.size === 1 ? kept.values().next().value : node(conjunction, [...kept]);
  }

  const allOf = (...parts) => join(parts, true);
  const anyOf = (...parts) => join(parts, false);

  /** The opposite, with negations only at the leaves. */
  function negate(formula) {
    if (typeof formula === "boolean") return !formula;
    if (formula.opposite === undefined) {
      formula.opposite = formula.parts
        ? join(formula.parts.map(negate), !formula.conjunction)
        : leaf(formula.variable, formula.path, formula.test, formula.domain, !formula.negated);
    }
    return formula.opposite;
  }

  /** Every leaf, in order, repeated ones included. */
  function leaves(formula) {
    if (typeof formula === "boolean") return [];
    if (!formula.parts) return [formula];
    if (!formula.leaves) formula.leaves = formula.parts.flatMap(leaves);
    return formula.leaves;
  }

  /** The test whether a text is one of these. */
  const oneOf = (values) => ({ values: [...new Set(values)].sort(byText) });

  /** The names of the variables of a formula that is open. */
  function namesOf(formula) {
    if (!formula.names) formula.names = new Set(leaves(formula).map((one) => one.variable));
    return formula.names;
  }

  /** Texts in the order of their characters' numbers, as Python has it. */
  function byText(a, b) {
    if (!SURROGATES.test(a + b)) return a < b ? -1 : Number(a > b);
    const [one, two] = [Array.from(a), Array.from(b)];
    const place = one.findIndex((character, at) => character !== two[at]);
    if (place < 0) return one.length - two.length;
    return place >= two.length ? 1 : one[place].codePointAt(0) - two[place].codePointAt(0);
  }

  /** Whether some completion makes the formula true. Throws TOO_MANY beyond the budget. */
  function satisfiable(formula) {
    const cuts = new Map();
    for (const one of leaves(formula)) {
      if (one.test.values) continue;
      if (!cuts.has(one.variable)) cuts.set(one.variable, new Map());
      cuts.get(one.variable).set(one.cut, one.test);
    }
    const order = ([, a], [, b]) => compare(a.constant, b.constant) || Number(!a.inclusive) - Number(!b.inclusive);
    const ranked = ([name, tests]) => [name, new Map([...tests].sort(order).map(([cut], rank) => [cut, rank]))];
    return search(formula, new Map([...cuts].map(ranked)), { left: BUDGET });
  }

  function search(formula, ranks, budget) {
    if (typeof formula === "boolean") return formula;
    if (!formula.parts) return leafCanHold(formula);
    if (!formula.conjunction) return formula.parts.some((part) => search(part, ranks, budget));
    const groups = independent(formula.parts);
    if (groups.length > 1) return groups.every((group) => search(join(group, true), ranks, budget));
    budget.left -= 1;
    if (budget.left < 0) throw TOO_MANY;
    const counts = new Map();
    for (const one of leaves(formula)) counts.set(one.variable, (counts.get(one.variable) || 0) + 1);
    const [variable] = [...counts].reduce((most, one) => (one[1] > most[1] ? one : most));
    const values = ranks.has(variable)
      ? Array.from({ length: ranks.get(variable).size + 1 }, (_, rank) => rank)
      : valuesOf(leaves(formula).filter((one) => one.variable === variable));
    return values.some((value) => search(assign(formula, variable, value, ranks), ranks, budget));
  }

  /** The values of one variable worth trying: those that are mentioned and one more, or its domain. */
  function valuesOf(found) {
    const open = found.filter((one) => one.domain === null);
    if (!open.length) return found[found.length - 1].domain;
    return [...[...new Set(open.flatMap((one) => one.test.values))].sort(byText), OTHER];
  }

  function leafCanHold({ test, domain, negated }) {
    return !test.values || domain === null || domain.some((value) => test.values.includes(value) !== negated);
  }

  /** Groups of parts that share no variable. */
  function independent(parts) {
    const groups = new Set();
    const groupOf = new Map(); // by the name of the variable
    for (const part of parts) {
      const names = [...namesOf(part)];
      const touched = new Set(names.map((name) => groupOf.get(name)));
      const touching = [...groups].filter((group) => touched.has(group));
      const merged = { names: names.concat(...touching.map((group) => group.names)), parts: [] };
      merged.parts = [].concat(...touching.map((group) => group.parts), part);
      touching.forEach((group) => groups.delete(group));
      groups.add(merged);
      merged.names.forEach((name) => groupOf.set(name, merged));
    }
    return [...groups].map((group) => group.parts);
  }

  function assign(formula, variable, value, ranks) {
    if (formula.parts) {
      return join(formula.parts.map((part) => assign(part, variable, value, ranks)), formula.conjunction);
    }
    if (formula.variable !== variable) return formula;
    if (formula.test.values) return formula.test.values.includes(value) !== formula.negated;
    return (typeof value === "number" && ranks.get(variable).get(formula.cut) < value) !== formula.negated;
  }

  // --- ground.py: from a condition and a situation to true, false or a formula ---

  const steps = new Map();

  /** The value of a fact path, declared or derived from what is declared; null when there is none. */
  function lookup(s, path) {
    if (!(path in DERIVED)) return declaredAt(s, path);
    const [source, derive] = DERIVED[path];
    const found = declaredAt(s, source);
    return found === null ? null : derive(found, s);
  }

  function declaredAt(s, path) {
    if (!steps.has(path)) steps.set(path, path.split("."));
    return steps.get(path).reduce((value, name) => value?.[name], s) ?? null;
  }

  const prefixes = (name) => {
    const characters = [...name];
    return { items: characters.map((_, place) => characters.slice(0, place + 1).join("").toLowerCase()) };
  };

  const lines = ({ items, open }, s) =>
    ({ items: [...items, ...(s.organization.affiliates || []).flatMap((one) => (one.business_lines || { items: [] }).items)], open });

  const done = (records, s) => {
    const counts = ({ duty, licenses }) => duty && (!licenses || licenses.includes(s.license));
    return { items: records.filter(counts).map(({ duty }) => duty), open: !s.isListed };
  };

  /** What outputs train. Whoever trains a model on outputs trains one: `none` beside such an act says nothing. */
  const trained = (kind, s) =>
    (kind === "none" && (s.use.acts?.items || []).some((act) => act === "distill" || act === "train-on-outputs") ? null : kind);

  /** Facts that follow from a declared fact, with what else is declared: its path, and how. */
  const DERIVED = {
    "organization.principal_place": ["organization.established_in", ({ items }) => (items.length && items[0] !== "worldwide" ? items[0] : null)],
    "organization.business_lines": ["organization.business_lines", lines],
    "use.outputs.train_models": ["use.outputs.train_models", trained],
    "use.derivative.name_prefixes": ["use.derivative.name", prefixes],
    "use.outputs.trained_model.name_prefixes": ["use.outputs.trained_model.name", prefixes],
    "use.fulfils": ["use.fulfils", done],
  };

  /** The path as a person finds it in the profile. */
  function shown(s, path) {
    const source = path in DERIVED ? DERIVED[path][0] : path;
    return source.startsWith("use.") ? `uses.${s.useName}.${source.slice(4)}` : source;
  }

  /** What the declared facts leave of a condition. `policies` answers for whole use policies. */
  function ground(condition, s, policies) {
    if (typeof condition === "boolean") return condition;
    if (condition.all) return join(condition.all.map((part) => ground(part, s, policies)), true);
    if (condition.any) return join(condition.any.map((part) => ground(part, s, policies)), false);
    if (condition.not !== undefined) return negate(ground(condition.not, s, policies));
    if (condition.policy !== undefined) return policies(condition.policy);
    if (!s.grounded.has(condition)) s.grounded.set(condition, groundAtom(condition, s));
    return s.grounded.get(condition);
  }

  function groundAtom(atom, s) {
    const wanted = (formula) => (String(atom.values) === "false" ? negate(formula) : formula);
    if (atom.fact === AGREEMENTS) return wanted(agreementHeld(s));
    if (atom.fact === `${AGREEMENTS}.years_held`) return yearsHeld(atom, s);
    if (atom.fact === CLAIMS || atom.fact.startsWith(`${CLAIMS}.`)) return wanted(claims(atom, s));
    if (atom.fact === "evidence.openness") return openness(atom, s);
    return field(atom, s);
  }

  function field(atom, s) {
    const kind = s.kinds[atom.fact];
    const value = lookup(s, atom.fact);
    const path = shown(s, atom.fact);
    if (kind.name === "amount") return comparison(atom, s);
    if (kind.name === "items") return join(atom.values.map((wanted) => item(value, wanted, path)), false);
    if (value !== null) return atom.values.includes(String(value));
    return leaf(path, path, oneOf(atom.values), kind.name === "flag" ? ["true", "false"] : kind.values || null);
  }

  /** Decided as soon as no degree that is still possible would make a difference. */
  function openness(atom, s) {
    const possible = s.evidence.possible;
    if (!possible.some((degree) => atom.values.includes(degree))) return false;
    return possible.every((degree) => atom.values.includes(degree))
      || leaf(atom.fact, atom.fact, oneOf(atom.values), possible);
  }

  function item(value, wanted, path) {
    if (value !== null) {
      if (value.items.includes(wanted) || value.items.includes("worldwide")) return true;
      if (!value.open) return false;
    }
    return leaf(`${path}=${wanted}`, path, { values: YES }, YES_NO);
  }

  /** Whether any of the acts is part of the use. */
  function actsDeclared(acts, s) {
    const path = shown(s, "use.acts");
    return join(acts.map((act) => item(lookup(s, "use.acts"), act, path)), false);
  }

  /** What is known of the number that a comparison needs. */
  function known(atom, s) {
    const { fact, time, month } = atom;
    if (fact === USERS || fact === YEARLY) return ofGroup(s, fact, time, month, atom.whose || SUM);
    if (fact === REVENUE) return monthlyRevenue(s, time, month, atom.currency);
    const value = lookup(s, fact);
    const found = interval(value, time, month, s.on, false);
    if (fact === "use.product_monthly_active_users" || fact === "organization.daily_active_users") {
      return meet(found, between(null, ofGroup(s, USERS, time, month, atom.whose || SUM).high));
    }
    if (fact === "use.product_monthly_revenue") {
      const currency = value ? value.currency : atom.currency;
      const all = lookup(s, REVENUE);
      if (!all || all.currency === currency) return meet(found, between(null, monthlyRevenue(s, time, month, currency).high));
    }
    return found;
  }

  /** Revenue of the group by month, or by twelve months, with what the figures of fiscal years say of them. */
  function monthlyRevenue(s, time, month, currency) {
    const [monthly, yearly] = [lookup(s, REVENUE), lookup(s, YEARLY)];
    const found = interval(monthly, time, month, s.on, false);
    if (!yearly || yearly.currency !== currency || (monthly && monthly.currency !== currency)) return found;
    if (time === "any-12-months") return meet(found, interval(yearly, time, month, s.on, true));
    const period = periodOf(time, month, s.on);
    return period === null ? found : boundedByYear(found, yearly, period);
  }

  function comparison(atom, s) {
    const constant = number(atom.number);
    const amount = lookup(s, atom.fact);
    const period = periodOf(atom.time, atom.month, s.on);
    let path = period === null ? shown(s, atom.fact) : `${shown(s, atom.fact)}.${period}`;
    let found = known(atom, s);
    if (s.kinds[atom.fact].money && amount && atom.currency && amount.currency !== atom.currency && constant.n) {
      const rates = s.organization.exchange_rates || {};
      const rate = (source, target) => orNull((rates[source] || {})[target]);
      const [direct, inverse] = [rate(amount.currency, atom.currency), rate(atom.currency, amount.currency)];
      if (direct) found = converted(found, times, direct);
      else if (inverse) found = converted(found, over, inverse);
      else {
        // All that is known without a rate is that nothing stays nothing.
        path = `organization.exchange_rates.${amount.currency}.${atom.currency}`;
        found = found.high !== null && found.high.n === 0n ? found : NOTHING;
      }
    }
    return cutAt(found, constant, atom, path, `${path}|${atom.whose || SUM}|${atom.time || "None"}`);
  }

  /** Decided by an interval, or a leaf. All comparisons are told as tests for being above. */
  function cutAt(found, constant, atom, path, variable) {
    const inclusive = atom.op === "at-least" || atom.op === "less-than";
    const flipped = atom.op === "at-most" || atom.op === "less-than";
    const decided = above(found, constant, inclusive);
    return decided === null ? leaf(variable, path, { constant, inclusive }, null, flipped) : decided !== flipped;
  }

  /** Agreements that cover the work on the day; null when agreements are not declared. */
  function currentAgreements(s) {
    const declared = lookup(s, AGREEMENTS);
    return declared && declared.filter((held) => covers(held, s));
  }

  function covers(held, s) {
    const started = !held.since || held.since <= s.on;
    const running = !held.until || s.on <= held.until;
    return started && running && held.covers.some((name) => s.names.includes(name.toLowerCase()))
      && isLicensor(held.licensor, s.licensors);
  }

  function isLicensor(name, licensors) {
    const words = (text) => text.toLowerCase().split(SPACE).filter(Boolean);
    const given = words(name);
    return !licensors.length || licensors.some((one) => words(one).every((word, place) => word === given[place]));
  }

  /** Whether an agreement is one of the publisher of a model about that model. */
  const frees = (held, carrier, publisher) => (publisher === null || isLicensor(held.licensor, [publisher]))
    && held.covers.some((name) => name.toLowerCase() === carrier);

  /** Whether a separate license of the licensor covers the work on the day. */
  function agreementHeld(s) {
    const held = currentAgreements(s);
    if (held && s.carriers.length) return s.carriers.every(([name, of]) => held.some((one) => frees(one, name, of)));
    return held ? held.length > 0 : leaf(`${AGREEMENTS}|${s.names.join(",")}`, AGREEMENTS, { values: YES }, YES_NO);
  }

  /** Compares the completed years since the earliest current permission; without one there are none. */
  function yearsHeld(atom, s) {
    const held = currentAgreements(s);
    if (held === null || held.some((agreement) => !agreement.since)) {
      const since = `${AGREEMENTS}.since`;
      const path = held && held.length ? since : AGREEMENTS;
      return allOf(agreementHeld(s), cutAt(NOTHING, number(atom.number), atom, path, since));
    }
    const years = (since) =>
      Number(s.on.slice(0, 4)) - Number(since.slice(0, 4)) - Number(s.on.slice(5) < since.slice(5));
    const most = whole(Math.max(0, ...held.map((agreement) => years(agreement.since))));
    return cutAt(between(most, most), number(atom.number), atom, "", "");
  }

  function claims(atom, s) {
    const declared = lookup(s, CLAIMS);
    const rights = atom.rights || ["any"];
    if (!declared) return leaf(`${atom.fact}|${rights.join(",")}`, CLAIMS, { values: YES }, YES_NO);
    return join(declared.map((claim, place) => claimBites(claim, atom.fact, rights, s, `${CLAIMS}.${place}`)), false);
  }

  function claimBites(claim, fact, rights, s, path) {
    if (!s.names.includes(claim.about.toLowerCase()) || (claim.on && claim.on > s.on)) return false;
    if (fact.endsWith(".licensor") && !isLicensor(claim.against, s.licensors)) return false;
    const [right, filed] = [`${path}.right`, `${path}.on`];
    const isAny = String(rights) === "any";
    const matches = isAny || (RIGHTS.includes(claim.right) ? rights.includes(claim.right)
      : leaf(right, right, oneOf(rights)));
    return allOf(matches, claim.on ? true : leaf(filed, filed, { values: YES }, YES_NO),
      fact.endsWith(".offensive") ? isFirst(claim, `${path}.defensive`) : true);
  }

  /** Whether a claim answers none that was brought before. */
  const isFirst = ({ defensive }, path) =>
    (defensive === undefined ? leaf(path, path, oneOf(["false"]), ["true", "false"]) : !defensive);

  // --- solve.py: from clauses and facts to a verdict with its range ---

  /** Asks for completions, and remembers whether a search had to be cut short. */
  class Search {
    capped = false;

    possible(formula) {
      try {
        return typeof formula === "boolean" ? formula : satisfiable(formula);
      } catch (error) {
        if (error !== TOO_MANY) throw error;
        this.capped = true;
        return true;
      }
    }
  }

  /** `swap` puts another reading in the place of its clause's default. With policies of the organization's own the
   *  answer is never milder than without them. */
  function solve(terms, s, swap = null) {
    const granting = terms.layers.filter((layer) => layer.grants);
    const found = solveLayers(terms.layers, terms, s, swap);
    if (granting.length === terms.layers.length) return found;
    const bare = solveLayers(granting, terms, s, swap);
    if (String(bare.verdicts) === "disallowed") return withVerdict({ ...found, verdicts: bare.verdicts, owed: [] });
    return withVerdict({ ...found, undecided: bare.verdicts.length > 1 });
  }

  function solveLayers(layers, terms, s, swap) {
    const grounded = united(layers.flatMap((layer) => groundLayer(layer, terms, s, swap)));
    const notGranted = layers.filter((layer) => layer.grants).flatMap((layer) => layer.license.notGranted.map(
      (act) => [`${layer.license.key}: ${act}`, allOf(layer.guard, actsDeclared([act], s))]));
    const unread = [...unreadOf(terms.unknown, layers)]
      .map(([path, holds]) => allOf(holds, leaf(path, path, { values: YES }, YES_NO)));
    const disallowed = anyOf(...grounded.map(bars), ...notGranted.map(([, formula]) => formula), ...unread);
    const permitted = negate(disallowed);
    const duties = grounded.map((clause) => [clause.bound.id, owes(clause)]).filter(([, formula]) => formula !== false);
    const some = anyOf(...duties.map(([, formula]) => formula));
    const search = new Search();
    const verdicts = [];
    if (search.possible(allOf(permitted, negate(some)))) verdicts.push("allowed");
    if (search.possible(allOf(permitted, some))) verdicts.push("conditional");
    if (search.possible(disallowed)) verdicts.push("disallowed");
    const isOwed = ([, formula]) => String(verdicts) !== "disallowed"
      && (formula === true || !search.possible(allOf(permitted, negate(formula))));
    const owed = [...new Set(duties.filter(isOwed).map(([id]) => id))];
    return withVerdict({ grounded, disallowed, notGranted, verdicts, owed, capped: search.capped, undecided: false });
  }

  /** What nobody read, by the fact that is open, with when it is in force: whole texts, and the rest of others. */
  function unreadOf(unknown, layers) {
    const found = new Map(unknown === false ? [] : [[UNKNOWN_TEXT, unknown]]);
    for (const { guard, license, policies } of layers) {
      for (const { key, partial } of [license, ...policies]) {
        const path = `${KEY_CLAUSES}.${key}`;
        if (partial) found.set(path, anyOf(found.get(path) || false, guard));
      }
    }
    return found;
  }

  /** The one verdict of all completions, or undetermined. */
  function withVerdict(solution) {
    const [only, ...others] = solution.verdicts;
    const isOpen = others.length > 0 || (solution.undecided && only !== "disallowed");
    return { ...solution, verdict: isOpen ? "undetermined" : only };
  }

  /** The one outcome of a clause. */
  function outcomeOf(clause) {
    const search = new Search();
    const isCertain = !search.possible(negate(clause.bites));
    if (!isCertain && search.possible(clause.bites)) return "open";
    const kind = clause.bound.kind;
    if (!isCertain) return BARRING.includes(kind) && search.possible(clause.trigger) ? "clear" : "not-applicable";
    if (BARRING.includes(kind)) return "barred";
    if (kind === "judgement") return "review";
    if (kind === "duty") return clause.fulfilled ? "fulfilled" : "owed";
    return "granted";
  }

  /** Whether a clause leaves no rights. */
  function bars({ bound, bites, fulfilled }) {
    if (BARRING.includes(bound.kind)) return bites;
    if (bound.kind !== "judgement" || fulfilled) return false;
    const path = `signoff.${bound.id}`;
    return allOf(bites, leaf(path, path, { values: YES }, YES_NO));
  }

  /** Whether a clause leaves a duty undone. */
  const owes = ({ bound, bites, fulfilled }) => (bound.kind === "duty" && !fulfilled ? bites : false);

  /** Each clause once: editions of a license may share a policy, which then reaches the model by any of them. */
  function united(clauses) {
    const found = new Map();
    for (const clause of clauses) {
      const { id } = clause.bound;
      found.set(id, found.has(id) ? joined(found.get(id), clause) : clause);
    }
    return [...found.values()];
  }

  function joined(first, second) {
    const either = (name) => anyOf(first[name], second[name]);
    return { ...first, trigger: either("trigger"), bites: either("bites"), guard: either("guard") };
  }

  /** By what an agreement or a claim means a license. Where the text names no licensor, its key alone does not say whose
   *  work is meant, and each model that carries it has its own: [id, publisher or null]. */
  function meantBy({ key, licensors }, terms) {
    const [names, carriers] = terms.meant[key] || [terms.names, []];
    const all = licensors.length ? [...names, key] : names;
    return { names: [...new Set(all)].sort(byText), licensors, carriers: licensors.length ? [] : carriers };
  }

  function groundLayer(layer, terms, s, swap) {
    const { license } = layer;
    const inner = {
      ...s,
      evidence: terms.evidence,
      work: { is_derivative: layer.derivative },
      ...meantBy(license, terms),
      license: license.key,
      grounded: new Map(),
    };
    const bites = {};
    const groundOne = (clause, of) =>
      groundClause(swap !== null && swap.id === clause.id ? swap : clause, of, layer.guard, inner, bites);
    const found = layer.policies.flatMap((policy) => {
      const ofPolicy = policy.clauses.map((clause) => groundOne(clause, policy));
      bites[policy.key] = anyOf(...ofPolicy.map(bars));
      return ofPolicy;
    });
    return [...license.clauses.map((clause) => groundOne(clause, license)), ...found];
  }

  function groundClause(bound, license, guard, s, policies) {
    const trigger = allOf(guard, bound.acts.length ? actsDeclared(bound.acts, s) : true);
    const clause = { bound, license, s, trigger, guard, bites: false, fulfilled: false };
    if (trigger === false) return clause;
    const holds = (one) => ground(one.when, s, (key) => (key in policies ? policies[key] : false));
    const excepted = bound.unless.map((id) => holds(license.byId.get(id)));
    const isCured = bound.cure === "separate-license" && bound.kind !== "duty";
    const cured = isCured ? negate(agreementHeld(s)) : true;
    return {
      ...clause,
      bites: allOf(trigger, holds(bound), negate(anyOf(...excepted)), cured),
      fulfilled: isFulfilled(bound, license, s),
    };
  }

  function isFulfilled(bound, license, s) {
    if (bound.rule.kind !== "duty") return false;
    // What is done for a license is done for its policies.
    const keys = [license.key, s.license];
    const records = (s.use.fulfils || []).filter((record) => !record.licenses || keys.some((key) => record.licenses.includes(key)));
    if (records.some((record) => record.clause === bound.id)) return true;
    return bound.duties.length > 0 && bound.duties.every((duty) => records.some((record) => record.duty === duty));
  }

  // --- judge.py: from a solution to what a person can follow ---

  function assessTerms(terms, s) {
    const solution = solve(terms, s);
    const outcomes = solution.grounded.map((clause) => [clause, outcomeOf(clause)]);
    const isAsked = solution.verdict === "undetermined" || solution.verdict === "conditional";
    const questions = isAsked ? questionsOf(solution, s) : [];
    return {
      verdict: solution.verdict,
      best: solution.verdicts[0],
      worst: solution.verdicts[solution.verdicts.length - 1],
      reason: reasonOf(solution, outcomes, questions),
      decisive: decisiveOf(solution, outcomes),
      owed: solution.owed,
      outcomes: Object.fromEntries(outcomes.map(([clause, outcome]) => [clause.bound.id, outcome])),
      questions,
      notGranted: solution.notGranted.map(([name, formula]) => [name, typeof formula === "boolean" ? formula : null]),
      capped: solution.capped,
      readings: readingsOf(terms, s, solution),
    };
  }

  function decisiveOf(solution, outcomes) {
    const found = { barred: [], open: [], review: [], granted: [] };
    for (const [clause, outcome] of outcomes) {
      const isRelevant = outcome !== "open" || bars(clause) !== false || owes(clause) !== false;
      const isPlain = outcome === "granted" && !clause.bound.rule.covers_acts;
      if (isRelevant && !isPlain && outcome in found) found[outcome].push(clause.bound.id);
    }
    const acts = solution.notGranted.filter(([, formula]) => formula === true).map(([name]) => name);
    const first = (...lists) => lists.find((list) => list.length) || [];
    switch (solution.verdict) {
      case "disallowed": return first(found.barred, acts, found.open);
      case "conditional": return first(solution.owed, found.open);
      case "undetermined": return [...found.review, ...found.open];
      default: return found.granted;
    }
  }

  function reasonOf(solution, outcomes, questions) {
    switch (solution.verdict) {
      case "allowed": return "Every act is granted, nothing bars it, and no duty is outstanding.";
      case "conditional": {
        const byId = new Map(outcomes.map(([clause]) => [clause.bound.id, clause.bound]));
        const titles = new Set(solution.owed.map((id) => byId.get(id).rule.title));
        const maybe = outcomes.filter(([clause, outcome]) => outcome === "open" && owes(clause) !== false);
        const also = new Set(maybe.map(([clause]) => clause.bound.rule.title).filter((title) => !titles.has(title)));
        const told = `Allowed once this is done: ${[...titles].join("; ") || "duties that open facts decide"}.`;
        return also.size ? `${told} Open is whether this is owed, too: ${[...also].join("; ")}.` : told;
      }
      case "disallowed": {
        const barred = outcomes.filter(([, outcome]) => outcome === "barred").map(([clause]) => clause.bound);
        const root = barred.find((bound) => bound.ruleName !== "incorporated-policy") || barred[0];
        if (root) return root.gist;
        const act = solution.notGranted.find(([, formula]) => formula === true);
        return act ? `No clause grants this act (${act[0]}).` : "Whatever the open facts are, some clause bars it.";
      }
      default: {
        const asked = [...new Set(questions.map((question) => question.text))];
        const told = asked.slice(0, SHOWN).join(" ");
        return `Not decided before this is answered: ${told}${asked.length > SHOWN ? " …" : ""}`;
      }
    }
  }

  /** Facts that some open clause needs, most decisive first. */
  function questionsOf(solution, s) {
    const asking = new Map();
    for (const clause of solution.grounded) {
      const matters = bars(clause) !== false ? bars(clause) : owes(clause);
      for (const path of new Set(leaves(matters).map((one) => one.path))) {
        asking.set(path, [...(asking.get(path) || []), clause]);
      }
    }
    for (const formula of [solution.disallowed, ...solution.notGranted.map(([, one]) => one)]) {
      for (const { path } of leaves(formula)) if (!asking.has(path)) asking.set(path, []);
    }
    const settled = alone(solution.disallowed);
    const found = [...asking].map(([path, clauses]) => ({
      path: shown(s, path),
      text: questionText(path, clauses, s),
      clauses: clauses.map((clause) => clause.bound.id),
      decides: settled.has(path),
    }));
    return found.sort((a, b) =>
      Number(!a.decides) - Number(!b.decides) || b.clauses.length - a.clauses.length || byText(a.path, b.path));
  }

  /** Paths that can make a disjunction true by themselves. */
  function alone(formula) {
    const parts = formula.parts && !formula.conjunction ? formula.parts : [formula];
    const paths = parts.map((part) => new Set(leaves(part).map((one) => one.path)));
    return new Set(paths.filter((found) => found.size === 1).flatMap((found) => [...found]));
  }

  function questionText(path, clauses, s) {
    const inner = path.replaceAll(`uses.${s.useName}.`, "use.");
    const own = s.questions.find(([fact]) => inner === fact || inner.startsWith(`${fact}.`));
    if (own) return own[1].replace("{period}", inner.slice(own[0].length + 1) || s.anyPeriod);
    if (!clauses.length) return `What is ${inner}?`;
    return (clauses.find(({ bound }) => bound.ruleName !== "incorporated-policy") || clauses[0]).bound.rule.question;
  }

  /** What the verdict would be if one clause were read another way, where that makes a difference. */
  function readingsOf(terms, s, solution) {
    const found = [];
    for (const clause of solution.grounded) {
      for (const other of clause.license.byId.get(clause.bound.local).alternatives) {
        const again = groundClause(other, clause.license, clause.guard, clause.s, {});
        const isSame = [(one) => one.bites, bars, owes].every((part) => part(again) === part(clause));
        const swapped = isSame ? solution : solve(terms, s, other);
        if (!isSameAnswer(swapped, solution)) {
          const { name, difference: differs, held_by: heldBy } = other.reading;
          const { verdict, owed } = swapped;
          found.push({ clause: other.id, name, difference: differs, held_by: heldBy, verdict, owed });
        }
      }
    }
    return found;
  }

  const isSameAnswer = (a, b) => JSON.stringify([a.verdicts, a.owed]) === JSON.stringify([b.verdicts, b.owed]);

  // --- sentences.py: how each part of a condition came out, and the declared facts in words ---

  function evaluate(condition, clause) {
    const formula = ground(condition, clause.s, () => clause.bites);
    const holds = typeof formula === "boolean" ? formula : null;
    const parts = condition.all || condition.any || (condition.not === undefined ? null : [condition.not]);
    if (parts) return { holds, parts: parts.map((part) => evaluate(part, clause)) };
    if (!condition.fact) return { holds };
    const period = periodOf(condition.time, condition.month, clause.s.on);
    const path = shown(clause.s, condition.fact);
    return { holds, path: period === null ? path : `${path}.${period}`, declared: describe(condition.fact, clause.s) };
  }

  /** The declared value of a fact in words; null when nothing is declared. */
  function describe(path, s) {
    const whole = [AGREEMENTS, CLAIMS].find((one) => path.startsWith(one));
    const source = whole || (path in DERIVED ? DERIVED[path][0] : path);
    const value = lookup(s, source);
    if (value === null) {
      const denied = declaredAt(s, source);
      return denied === null ? null : `${denied}, which does not go with the acts`;
    }
    if (Array.isArray(value)) return value.length ? `${value.length} declared` : "none";
    if (value.items) return (value.items.join(", ") || "none") + (value.open ? ", list open" : "");
    if (typeof value === "boolean") return value ? "yes" : "no";
    if (typeof value !== "object") return String(value);
    const parts = (value.figures || []).map(([period, figure]) => `${period}: ${inWords(figure)}`);
    if (orNull(value.at_least)) parts.push(`at least ${inWords(value.at_least)}`);
    if (orNull(value.at_most)) parts.push(`at most ${inWords(value.at_most)}`);
    if (orNull(value.at_most_any_12_months)) parts.push(`at most ${inWords(value.at_most_any_12_months)} in any twelve months`);
    return (value.currency ? `${value.currency} ` : "") + (parts.join("; ") || "no figure");
  }

  /** With thousands marked, without needless decimals. */
  function inWords(text) {
    const [digits, decimals = ""] = text.split(".");
    const marked = BigInt(digits).toLocaleString("en-US");
    return /[1-9]/.test(decimals) ? `${marked}.${decimals}` : marked;
  }

  // --- data: what what_if.py wrote, with references followed; once for each `data` ---

  const prepared = new WeakMap();

  function prepare(data) {
    if (prepared.has(data)) return prepared.get(data);
    const licenses = new Map(Object.entries(data.licenses).map(([key, one]) => [key, licenseOf(key, one, data)]));
    const terms = data.terms.map(({ layers, unknown, evidence }) => ({
      evidence,
      unknown,
      layers: layers.map(({ key, guard = true, derivative = false, grants = true, policies = [] }) => ({
        guard, derivative, grants, license: licenses.get(key), policies: policies.map((policy) => licenses.get(policy)),
      })),
    }));
    prepared.set(data, terms);
    return terms;
  }

  function licenseOf(key, { licensors = [], not_granted: notGranted = [], partial = false, clauses }, data) {
    const boundTo = (clause) => {
      const rule = data.rules[clause.rule];
      const { id: local, rule: ruleName, acts = [], when = true, unless = [], gist = "", alternatives = [] } = clause;
      const { kind = rule.kind, duties = rule.duties || [], cure = null, reading = null } = clause;
      const bound = { id: `${key}/${local}`, local, rule, ruleName, kind, acts, when, unless, cure, duties, gist, reading };
      return { ...bound, alternatives: alternatives.map((other) => boundTo({ ...clause, alternatives: [], ...other })) };
    };
    const found = clauses.map(boundTo);
    return { key, licensors, notGranted, partial, clauses: found, byId: new Map(found.map((one) => [one.local, one])) };
  }

  /** Formulas are data as well; they become ours anew for each assessment. */
  function formulaOf(told) {
    if (typeof told === "boolean") return told;
    if (told.all) return join(told.all.map(formulaOf), true);
    if (told.any) return join(told.any.map(formulaOf), false);
    const { variable, path = variable, values, number: constant, inclusive = false, domain = null, negated = false } = told;
    return leaf(variable, path, values ? { values } : { constant: number(constant), inclusive }, domain, negated);
  }

  /** `fulfils`: what a folder shows done for the model; undefined where none was looked into. */
  function situationOf(data, profile, { use: useName, fulfils }) {
    const { organization, uses } = profile;
    const use = fulfils === undefined ? uses[useName] : { ...uses[useName], fulfils };
    // What a folder shows of what is done is no whole list.
    const isListed = uses[useName].fulfils !== undefined;
    return { organization, use, useName, isListed, on: data.on, kinds: data.kinds, questions: data.questions, anyPeriod: data.any_period };
  }

  /** The terms of a work, ready to be judged. Formulas of an earlier assessment are forgotten. */
  function begin(data, number) {
    formulas = new Map();
    const [terms, names, meant] = data.works[number];
    const found = prepare(data)[terms];
    const layers = found.layers.map((layer) => ({ ...layer, guard: formulaOf(layer.guard) }));
    return { ...found, names, meant, layers, unknown: formulaOf(found.unknown) };
  }

  /** [work, later work or null] of an analysis, by the day on which the copy was obtained. */
  function copyOf(data, profile, { use, copies }) {
    const day = profile.uses[use].obtained_on;
    const [unknown, ...dated] = copies;
    return (dated.length && day ? dated.filter(([from]) => from <= day).pop() : unknown).slice(1);
  }

  function assessCopy(data, profile, analysis, assessWork) {
    const [work, later] = copyOf(data, profile, analysis);
    const found = assessWork(work, analysis);
    if (later === null) return found;
    const other = assessWork(later, analysis);
    if (JSON.stringify([other.verdict, other.owed]) === JSON.stringify([found.verdict, found.owed])) return found;
    // Today's terms stand beside those of the copy, where they change the answer.
    const reading = {
      clause: prepare(data)[data.works[later][0]].layers.map((layer) => layer.license.key).join(", "),
      name: "later-grant-covers-the-work",
      difference: "the same work was later licensed under other terms, older copies included",
      held_by: "readers who look at the work and not at the copy",
      verdict: other.verdict,
      owed: other.owed,
    };
    return { ...found, readings: [...found.readings, reading] };
  }

  function assess(data, profile, number) {
    const assessWork = (work, analysis) => assessTerms(begin(data, work), situationOf(data, profile, analysis));
    return assessCopy(data, profile, data.analyses[number], assessWork);
  }

  function assessAll(data, profile) {
    const { agreements, claims_against: brought } = profile.organization;
    const named = new Set([...(agreements || []).flatMap((held) => held.covers), ...(brought || []).map((one) => one.about)]
      .map((name) => name.toLowerCase()));
    const assessed = new Map();
    const assessWork = (work, analysis) => {
      const [terms, names, meant] = data.works[work];
      const touched = Object.entries(meant).filter(([, [of]]) => of.some((name) => named.has(name)));
      const key = JSON.stringify([terms, analysis.use, analysis.fulfils, names.filter((name) => named.has(name)), touched]);
      if (!assessed.has(key)) assessed.set(key, assessTerms(begin(data, work), situationOf(data, profile, analysis)));
      return assessed.get(key);
    };
    return data.analyses.map((analysis) => assessCopy(data, profile, analysis, assessWork));
  }

  /** For each clause whose rule has a condition, where the use may fall under it: {holds, path, declared, parts}. */
  function conditions(data, profile, number) {
    const analysis = data.analyses[number];
    const [work] = copyOf(data, profile, analysis);
    const { grounded } = solve(begin(data, work), situationOf(data, profile, analysis));
    const asked = grounded.filter((clause) => clause.bound.rule.asks && clause.trigger !== false);
    return Object.fromEntries(asked.map((clause) => [clause.bound.id, evaluate(clause.bound.when, clause)]));
  }

  /** Whether the first of two numbers, told as texts, is above the second. */
  const exceeds = (a, b) => compare(number(a), number(b)) > 0;

  return { assess, assessAll, conditions, periodOf, exceeds };
})();
