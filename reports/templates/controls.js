"use strict";
/*
 * Controls for the facts of the what-if, one for each fact by its kind, and the elements that all parts of the script
 * are made of. A control is made once: it stays where it is while facts change, so that nobody loses the keyboard.
 *
 * auditControls.make(fact, desk, id)   {node, sync}: `sync` shows the fact's value again
 * auditControls.element(name, attributes, ...children), .choice(...), .printable(text)
 *
 * `desk` has `data`, `value(fact)`, `declared(fact)` and `change(fact, value)`, which gives back why it refuses.
 */
const auditControls = (() => {
  const NOT_DECLARED = "not declared";
  const REFUSED = "Not understood, so nothing changed. Expected: ";
  const UNSEEN = /[\p{C}\p{Z}]/gu;
  const ACTS = "use.acts"; // whoever does nothing with a model has no use of it
  const EVENTS = "use.events"; // a record: what is not in it has not happened

  // --- elements ---

  function escaped(one) {
    const number = one.codePointAt(0);
    const [mark, digits] = number < 0x100 ? ["x", 2] : number < 0x10000 ? ["u", 4] : ["U", 8];
    return `\\${mark}${number.toString(16).padStart(digits, "0")}`;
  }

  /** Text of strangers: what nobody sees, or what turns its direction, is written out, as everywhere on the page. */
  function printable(text) {
    return text.replace(UNSEEN, (one) => (one === " " || one === "\n" ? one : /\p{Z}/u.test(one) ? " " : escaped(one)));
  }

  /** An element with attributes and children; texts become text, never markup. */
  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else if (typeof value === "boolean") made[key] = value;
      else made.setAttribute(key, value);
    }
    made.append(...children.filter((child) => child !== null).map((child) => (typeof child === "string" ? printable(child) : child)));
    return made;
  }

  // --- the simple ones: a value in, a value out ---

  const NONE = ""; // of a choice: takes the fact away

  /** A choice among texts. `read` gives the text that is chosen, `change` takes the new one; undefined is none. */
  function choice(id, values, read, change, labels = {}, none = NOT_DECLARED) {
    const first = none === null ? [] : [element("option", { value: NONE }, none)];
    const options = values.map((value) => element("option", { value }, labels[value] || value));
    const node = element("select", { id, onchange: () => change(node.value === NONE ? undefined : node.value) }, ...first, ...options);
    return { node, sync: () => { node.value = read() ?? NONE; } };
  }

  /** A line of text. `parse` gives null for what is no value; then the field says so and nothing changes. */
  function field(id, read, parse, change, { hint = NOT_DECLARED, expected = "a number such as 800000000" } = {}) {
    const refused = element("span", { class: "refused", id: `${id}-refused`, role: "alert", hidden: true });
    const described = { "aria-describedby": `${id}-refused` };
    const shown = () => printable(read() ?? "");
    const refuse = (why) => {
      line.setAttribute("aria-invalid", String(Boolean(why)));
      refused.textContent = why || "";
      refused.hidden = !why;
    };
    const changed = () => {
      const text = line.value.trim();
      if (text === shown().trim()) return refuse("");
      const value = text ? parse(text) : undefined;
      return refuse(value === null ? `${REFUSED}${expected}.` : change(value));
    };
    const line = element("input", { id, type: "text", placeholder: hint, ...described, onchange: changed });
    const sync = () => {
      if (line.getAttribute("aria-invalid") === "true" && line.value.trim() !== "") return;
      line.value = shown();
    };
    const reset = () => {
      refuse("");
      line.value = shown();
    };
    return { node: element("span", { class: "line-of-text" }, line, refused), sync, reset };
  }

  function box(id, label, isOn, change) {
    const input = element("input", { type: "checkbox", id, onchange: () => change(input.checked) });
    return { node: element("label", { for: id }, input, ` ${label}`), sync: () => { input.checked = isOn(); } };
  }

  /** Several controls as one. */
  function together(node, parts) {
    return {
      node,
      sync: () => parts.forEach((part) => part.sync()),
      reset: () => parts.forEach((part) => (part.reset || part.sync)()),
    };
  }

  const boxesOf = (parts) => element("div", { class: "boxes" }, ...parts.map((part) => part.node));
  const labeled = (id, text, part) => element("span", {}, element("label", { for: id }, text), part.node);

  // --- texts that become values ---

  const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text) && text >= "0001" && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text);

  /**
   * Digits with at most one point; null for what is no number. Marks between groups of three digits go, and points where
   * there are two of them or more. What could be a group or a fraction, such as 1.200, is taken for neither.
   */
  function numeral(text) {
    const bare = text.replace(/(?<=\d)[\s_'’](?=\d)/g, "");
    const [commas, points] = [/^\d{1,3}(,\d{3})+(\.\d+)?$/, /^\d{1,3}(\.\d{3}){2,}$/];
    const plain = commas.test(bare) ? bare.replaceAll(",", "") : points.test(bare) ? bare.replaceAll(".", "") : bare;
    const isUnclear = /^\d{1,3}[.,]\d{3}$/.test(bare);
    return /^\d{1,18}(\.\d{1,12})?$/.test(plain) && !isUnclear ? plain.replace(/^0+(?=\d)/, "") : null;
  }

  // --- by kind ---

  const MAKERS = {
    choice: (fact, { value, change }, id) => choice(id, fact.values, value, change),
    text: (fact, { value, change }, id) => choice(id, fact.values, value, change),
    flag: (fact, { value, change }, id) => choice(id, ["true", "false"], () => value()?.toString(),
      (text) => change(text && text === "true"), { true: "yes", false: "no" }),
    date: (fact, { value, change }, id) => field(id, value, (text) => (isDay(text) ? text : null), change,
      { hint: "YYYY-MM-DD", expected: "a day such as 2026-11-26" }),
    rate: (fact, { value, change }, id) => field(id, value, (text) => (Number(numeral(text)) > 0 ? numeral(text) : null), change,
      { expected: "a number above zero such as 1.08" }),
    items: (fact, of, id) => (fact.words ? ticks(fact, of, id) : codes(fact, of, id)),
    amount,
    agreements: (fact, of, id) => records(fact, of, id, agreements(of)),
    claims: (fact, of, id) => records(fact, of, id, claims(of)),
    fulfils,
  };

  function make(fact, desk, id) {
    const of = {
      data: desk.data,
      value: () => desk.value(fact),
      declared: () => desk.declared(fact),
      change: (value) => desk.change(fact, value),
    };
    return MAKERS[fact.kind](fact, of, id);
  }

  /** Whether a list is declared, and whether it is complete. */
  function completeness(fact, { value, change }, id) {
    const labels = { complete: "exactly these", open: "these, and perhaps others" };
    const read = () => value() && (value().open ? "open" : "complete");
    const turn = (text) => change(text && { items: value()?.items || [], open: text === "open" });
    return choice(id, ["complete", "open"], read, turn, labels, fact.path === EVENTS ? null : NOT_DECLARED);
  }

  function ticks(fact, of, id) {
    const items = () => of.value()?.items || [];
    const shown = [...new Set([...fact.words, ...(of.declared()?.items || [])])];
    const turn = (item, on) => {
      // Only the choice above says that a list is complete: one tick does not, and taking it back says nothing again.
      const rest = items().filter((other) => other !== item);
      const open = of.value() === undefined ? true : of.value().open || false;
      const isNothing = !on && !rest.length && (of.declared() === undefined ? open : fact.path === ACTS);
      return of.change(isNothing ? undefined : { items: on ? [...rest, item] : rest, open });
    };
    const state = completeness(fact, of, id);
    const parts = shown.map((item, place) => box(`${id}-${place}`, item, () => items().includes(item), (on) => turn(item, on)));
    return together(element("div", {}, labeled(id, "The list is ", state), boxesOf(parts)), [state, ...parts]);
  }

  /** Countries: two capitals each, or the word worldwide. */
  function codes(fact, of, id) {
    const parse = (text) => {
      const items = text.split(/[\s,]+/).filter(Boolean);
      return items.length && items.every((item) => item === "worldwide" || /^[A-Z]{2}$/.test(item)) ? { items, open: of.value() === undefined ? true : of.value().open || false } : null;
    };
    const state = completeness(fact, of, id);
    const line = field(`${id}-items`, () => of.value()?.items.join(", "), parse, of.change,
      { hint: "e.g. DE, AT", expected: "codes of countries such as DE, AT, or worldwide" });
    const label = element("label", { for: `${id}-items`, class: "hidden" }, `Items of ${fact.label}`);
    return together(element("div", {}, labeled(id, "The list is ", state), label, line.node), [state, line]);
  }

  function amount(fact, of, id) {
    const figures = () => Object.fromEntries(of.value()?.figures || []);
    const periods = [...new Set([...fact.periods, ...(of.declared()?.figures || []).map(([period]) => period)])].sort();
    const put = (part) => {
      const { currency = fact.currencies[0], at_least: least, at_most: most } = { ...of.value(), ...part };
      const kept = Object.entries({ ...figures(), ...part.figures }).filter(([, figure]) => figure !== undefined);
      if (least !== undefined && most !== undefined && licenseAudit.exceeds(least, most)) return "At least is above at most; nothing changed.";
      const isEmpty = !kept.length && least === undefined && most === undefined;
      const ceiling = of.value()?.at_most_any_12_months;
      if (ceiling !== undefined && kept.some(([, figure]) => licenseAudit.exceeds(figure, ceiling))) {
        return `A month is above what no twelve months exceed, ${ceiling}; nothing changed.`;
      }
      const now = { at_least: least, at_most: most, figures: kept.sort(([a], [b]) => (a < b ? -1 : 1)), at_most_any_12_months: ceiling };
      return of.change(isEmpty ? undefined : fact.money ? { currency, ...now } : now);
    };
    const parts = [];
    const part = (name, label, read, store, parse = numeral, more = {}) => {
      const made = field(`${id}-${name}`, read, parse, store, more);
      parts.push(made);
      return element("span", { class: "part" }, element("label", { for: `${id}-${name}` }, label), made.node);
    };
    const others = periods.length ? ", in any other period" : "";
    const currency = { hint: fact.currencies[0] || "", expected: "a currency such as EUR" };
    const node = element("div", { class: "parts" },
      fact.money ? part("currency", "currency", () => of.value()?.currency,
        (text) => (text ? put({ currency: text }) : "A sum of money needs a currency."), (text) => (/^[A-Z]{3}$/.test(text) ? text : null), currency) : null,
      ...periods.map((period) => part(period, period, () => figures()[period], (text) => put({ figures: { [period]: text } }))),
      part("least", `at least${others}`, () => of.value()?.at_least, (text) => put({ at_least: text })),
      part("most", `at most${others}`, () => of.value()?.at_most, (text) => put({ at_most: text })));
    return together(node, parts);
  }

  const licensorOf = (data, key) => ((data.licenses[key] || {}).licensors || [])[0] || "the licensor";
  const isNamed = (names, key) => names.some((name) => name.toLowerCase() === key.toLowerCase());

  /** How agreements are read and written: whether one counts today, and what is left of one without a work. */
  function agreements({ data }) {
    return {
      names: (one) => one.covers || [],
      counts: (one, key) => isNamed(one.covers || [], key) && (one.since || "") <= data.on && data.on <= (one.until || "9999"),
      without: (one, key) => {
        const covers = one.covers.filter((name) => !isNamed([name], key));
        return covers.length ? [{ ...one, covers }] : [];
      },
      // A declared agreement takes a work back where it has lost it, and in its old place.
      back: (listed, known, key) => {
        const bare = (one) => JSON.stringify({ ...one, covers: null });
        const has = (one, name) => one !== undefined && one.covers.includes(name);
        const cut = listed.find((one) => bare(one) === bare(known));
        const covers = known.covers.filter((name) => has(cut, name) || isNamed([name], key));
        return [...listed.filter((one) => one !== cut), { ...known, covers }];
      },
      fresh: (key) => ({ licensor: licensorOf(data, key), covers: [key], since: data.on }),
    };
  }

  function claims({ data }) {
    return {
      names: (one) => [one.about],
      counts: (one, key) => isNamed([one.about], key) && (one.on || "") <= data.on,
      without: () => [],
      back: (listed, known) => [...listed, known],
      fresh: (key) => ({ against: licensorOf(data, key), about: key, right: "patent", on: data.on }),
    };
  }

  /** Agreements or claims: whether they are declared, and for which works there is one. */
  function records(fact, of, id, { names, counts, without, back, fresh }) {
    const listed = () => of.value() || [];
    const declared = of.declared() || [];
    const keys = [...new Set([...fact.keys, ...declared.flatMap(names)])];
    const state = choice(id, ["declared"], () => of.value() && "declared", (text) => of.change(text && listed()), { declared: "exactly these" });
    const turn = (key, on) => {
      const rest = listed().flatMap((one) => (isNamed(names(one), key) ? without(one, key) : [one]));
      const known = declared.filter((one) => counts(one, key));
      const held = known.length ? known.reduce((found, one) => back(found, one, key), rest) : [...rest, fresh(key)];
      return of.change(on ? held : rest.length || of.declared() !== undefined ? rest : undefined);
    };
    const parts = keys.map((key, place) => box(`${id}-${place}`, key, () => listed().some((one) => counts(one, key)), (on) => turn(key, on)));
    return together(element("div", {}, labeled(id, "The list is ", state), boxesOf(parts)), [state, ...parts]);
  }

  /** Duties shown done, by token or, where a duty has none, by the id of its clause. */
  function fulfils(fact, of, id) {
    const listed = () => of.value() || [];
    const isAbout = (one, key) => (key.includes("/") ? one.clause === key : one.duty === key);
    const turn = (key, on) => {
      const rest = listed().filter((one) => !isAbout(one, key));
      const known = (of.declared() || []).filter((one) => isAbout(one, key));
      return of.change(on ? [...rest, ...(known.length ? known : [key.includes("/") ? { clause: key } : { duty: key }])] : rest);
    };
    const keys = [...new Set([...fact.keys, ...(of.declared() || []).map((one) => one.clause).filter(Boolean)])];
    const parts = keys.map((key, place) => box(`${id}-${place}`, key, () => listed().some((one) => isAbout(one, key)), (on) => turn(key, on)));
    return together(boxesOf(parts), parts);
  }

  return { make, element, printable };
})();
