"use strict";
/*
 * The what-if of the report: a reviewer changes a declared fact, and every verdict, duty and question on the page
 * follows. Facts and patches come from facts.js, meaning from engine.js; here is only the page.
 *
 * The page as it was written is the answer for the declared facts. Before anything can be changed, the script judges
 * these facts itself; if it comes to another verdict anywhere, it says so and changes nothing.
 */
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const desk = document.getElementById("desk");
  const MARKS = { allowed: "✓", conditional: "!", undetermined: "?", disallowed: "×" };
  const GRAVE = { barred: "What bars it", review: "What a person must judge", open: "What is open", owed: "Duties owed" };
  const OTHERS = {
    fulfilled: "Duties fulfilled", granted: "Permissions", clear: "Limits not reached", "not-applicable": "Not applicable",
  };
  const NOT_DECLARED = "not declared";
  const SHOWN = 6; // entries of a list that are told at once
  const facts = auditFacts.list(data);
  let profile = data.profile;
  let before = null; // what the declared facts come to

  // --- elements ---

  const isSeen = (one) => one === " " || one === "\n";
  const escaped = (one) => {
    const number = one.codePointAt(0);
    const [mark, digits] = number < 0x100 ? ["x", 2] : number < 0x10000 ? ["u", 4] : ["U", 8];
    return `\\${mark}${number.toString(16).padStart(digits, "0")}`;
  };
  const UNSEEN = /[\p{C}\p{Z}]/gu;
  /** Text of strangers: what nobody sees, or what turns its direction, is written out, as everywhere on the page. */
  const printable = (text) => text.replace(UNSEEN, (one) => (isSeen(one) ? one : /\p{Z}/u.test(one) ? " " : escaped(one)));

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

  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const quiet = (...children) => element("p", { class: "aside" }, ...children);
  const code = (text) => element("code", {}, text);
  const listed = (nodes) => nodes.flatMap((node, place) => (place ? [", ", node] : [node]));

  function badge(verdict) {
    const mark = element("span", { class: "mark", "aria-hidden": "true" }, MARKS[verdict]);
    return element("span", { class: `badge ${verdict}` }, mark, ` ${verdict}`);
  }

  // --- controls: one for each fact, by its kind ---

  /** A choice among texts, the first of which takes the fact away. */
  function choice(id, values, current, change, labels = {}) {
    const options = [undefined, ...values].map((value) => {
      const shown = value === undefined ? NOT_DECLARED : labels[value] || value;
      return element("option", { value: value === undefined ? "" : value, selected: value === current }, shown);
    });
    return element("select", { id, onchange: ({ target }) => change(target.value || undefined) }, ...options);
  }

  const CONTROLS = {
    choice: (fact, value, change, id) => choice(id, fact.values, value, change),
    flag: (fact, value, change, id) => {
      const told = value === undefined ? undefined : String(value);
      return choice(id, ["true", "false"], told, (text) => change(text && text === "true"), { true: "yes", false: "no" });
    },
    text: (fact, value, change, id) => field(id, value, change, (text) => text),
    date: (fact, value, change, id) => field(id, value, change, (text) => (isDay(text) ? text : null), "YYYY-MM-DD", "a day such as 2026-11-26"),
    rate: (fact, value, change, id) => field(id, value, change, (text) => (Number(numeral(text)) > 0 ? numeral(text) : null)),
    items: (fact, value, change, id) => (fact.words ? boxes(fact, value, change, id) : words(fact, value, change, id)),
    amount,
    agreements: (fact, value, change, id) => records(fact, value, change, id, held, (one) => one.covers || []),
    claims: (fact, value, change, id) => records(fact, value, change, id, claim, (one) => [one.about]),
    fulfils: (fact, value = [], change, id) => element("div", { class: "boxes" }, ...fact.keys.map((token) => {
      const others = value.filter((one) => one.duty !== token);
      return box(`${id}-${token}`, token, others.length < value.length,
        (on) => change(on ? [...others, { duty: token }] : others));
    })),
  };

  const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text);

  /**
   * Digits with at most one point; null for what is no number. Marks between groups of three digits go, and points where
   * there are two of them or more. What could be a group or a fraction, such as 1.200, is taken for neither.
   */
  function numeral(text) {
    const bare = text.replace(/(?<=\d)[\s_'’](?=\d)/g, "");
    const groups = [/^\d{1,3}(,\d{3})+(\.\d+)?$/, /^\d{1,3}(\.\d{3}){2,}$/];
    const plain = groups[0].test(bare) ? bare.replaceAll(",", "") : groups[1].test(bare) ? bare.replaceAll(".", "") : bare;
    const isUnclear = /^\d{1,3}[.,]\d{3}$/.test(bare);
    return /^\d{1,18}(\.\d{1,12})?$/.test(plain) && !isUnclear ? plain.replace(/^0+(?=\d)/, "") : null;
  }

  const EXPECTED = "Not understood, so nothing changed. Expected: ";

  /** A line of text. `read` gives null for what is no value; then the field says so and nothing changes. */
  function field(id, value, change, read, hint = "", expected = "a number such as 800000000") {
    const shown = printable(value ?? "");
    const changed = ({ target }) => {
      if (target.value === shown) return;
      const text = target.value.trim();
      const found = text ? read(text) : undefined;
      target.setAttribute("aria-invalid", String(found === null));
      refused.textContent = found === null ? `${EXPECTED}${expected}.` : "";
      refused.hidden = found !== null;
      if (found !== null) change(found);
    };
    const refused = element("span", { class: "refused", id: `${id}-refused`, role: "alert", hidden: true });
    const described = { "aria-describedby": `${id}-refused` };
    const line = element("input", { id, type: "text", value: shown, placeholder: hint || NOT_DECLARED, ...described, onchange: changed });
    return element("span", { class: "line-of-text" }, line, refused);
  }

  function box(id, label, on, change) {
    const input = element("input", { type: "checkbox", id, checked: on, onchange: ({ target }) => change(target.checked) });
    return element("label", { for: id }, input, ` ${label}`);
  }

  /** Whether a list is declared, and whether it is complete. */
  function completeness(id, value, change) {
    const current = value === undefined ? undefined : value.open ? "open" : "complete";
    const labels = { complete: "exactly these", open: "these, and perhaps others" };
    const turn = (text) => change(text && { items: value?.items || [], open: text === "open" });
    return element("span", {}, element("label", { for: id }, "The list is "), choice(id, ["complete", "open"], current, turn, labels));
  }

  function boxes(fact, value, change, id) {
    const items = value?.items || [];
    const shown = [...fact.words, ...items.filter((item) => !fact.words.includes(item))];
    const turn = (item, on) => {
      const rest = items.filter((other) => other !== item);
      change({ items: on ? [...rest, item] : rest, open: value?.open || false });
    };
    const ticks = shown.map((item) => box(`${id}-${item}`, item, items.includes(item), (on) => turn(item, on)));
    return element("div", {}, completeness(id, value, change), element("div", { class: "boxes" }, ...ticks));
  }

  function words(fact, value, change, id) {
    const known = new Map((value?.items || []).map((item) => [printable(item), item]));
    const read = (text) => ({ items: text.split(/[\s,]+/).filter(Boolean).map((item) => known.get(item) ?? item), open: value?.open || false });
    const line = field(`${id}-items`, value?.items.join(", "), change, read, "e.g. DE, AT");
    const label = element("label", { for: `${id}-items`, class: "hidden" }, `Items of ${fact.label}`);
    return element("div", {}, completeness(id, value, change), label, line);
  }

  function amount(fact, value, change, id) {
    const figures = Object.fromEntries(value?.figures || []);
    const periods = [...new Set([...fact.periods, ...Object.keys(figures)])].sort();
    const put = (part) => {
      const now = { currency: value?.currency || fact.currencies[0], at_least: value?.at_least, at_most: value?.at_most, ...part };
      const kept = Object.entries({ ...figures, ...part.figures }).filter(([, figure]) => figure !== undefined);
      const isEmpty = !kept.length && now.at_least === undefined && now.at_most === undefined;
      const isWrong = Number(now.at_least ?? 0) > Number(now.at_most ?? Infinity);
      if (isWrong) return say(`${fact.label}: at least is above at most; nothing changed.`);
      const { currency, ...bare } = { ...now, figures: kept.sort(([a], [b]) => (a < b ? -1 : 1)) };
      return change(isEmpty ? undefined : fact.money ? { currency, ...bare } : bare);
    };
    const others = fact.kind === "amount" && periods.length ? ", in any other period" : "";
    const part = (name, label, text, store) => element("span", { class: "part" },
      element("label", { for: `${id}-${name}` }, label), field(`${id}-${name}`, text, store, numeral));
    return element("div", { class: "parts" },
      fact.money ? element("span", { class: "part" }, element("label", { for: `${id}-currency` }, "currency"),
        field(`${id}-currency`, value?.currency, (text) => text && put({ currency: text }),
          (text) => (/^[A-Z]{3}$/.test(text) ? text : null), fact.currencies[0] || "", "a currency such as EUR")) : null,
      ...periods.map((period) => part(period, period, figures[period], (text) => put({ figures: { [period]: text } }))),
      part("least", `at least${others}`, value?.at_least, (text) => put({ at_least: text })),
      part("most", `at most${others}`, value?.at_most, (text) => put({ at_most: text })));
  }

  const licensorOf = (key) => (data.licenses[key].licensors || [])[0] || "the licensor";
  const held = (key) => ({ licensor: licensorOf(key), covers: [key], since: data.on });
  const claim = (key) => ({ against: licensorOf(key), about: key, right: "patent", on: data.on });

  /** Agreements or claims: whether they are declared, and for which licenses there is one. */
  function records(fact, value, change, id, make, namesOf) {
    const about = (one, key) => namesOf(one).some((name) => name.toLowerCase() === key);
    const state = choice(id, ["declared"], value && "declared", (text) => change(text && (value || [])), { declared: "exactly these" });
    const ticks = fact.keys.map((key) => {
      const others = (value || []).filter((one) => !about(one, key));
      return box(`${id}-${key}`, key, others.length < (value || []).length, (on) => change(on ? [...others, make(key)] : others));
    });
    return element("div", {}, element("span", {}, element("label", { for: id }, "The list is "), state),
      element("div", { class: "boxes" }, ...ticks));
  }

  // --- the desk ---

  const rows = new Map(); // fact → its row
  const status = element("p", { role: "status" });
  const patch = element("textarea", { id: "desk-patch", readonly: true, rows: "6", spellcheck: false, onfocus: ({ target }) => target.select() });
  const bar = element("div", { class: "desk-bar" }, status);
  const note = element("aside", { class: "assumed-note", "aria-label": "Assumed facts", hidden: true });

  const pathOf = (fact) => (fact.use ? `uses.${fact.use}.${fact.path.slice(4)}` : fact.path);
  const say = (text) => status.replaceChildren(text);
  const isChanged = (fact) => same(auditFacts.get(profile, fact)) !== same(auditFacts.get(data.profile, fact));
  const same = (value) => JSON.stringify(value);

  function changeTo(fact, value) {
    profile = auditFacts.set(profile, fact, value);
    show(fact);
    judge();
  }

  /** Draw a fact's row anew, and keep the keyboard where it was. */
  function show(fact) {
    const id = `fact-${fact.id.replace(/[^A-Za-z0-9]/g, "-")}`;
    const value = auditFacts.get(profile, fact);
    const control = CONTROLS[fact.kind](fact, value, (now) => changeTo(fact, now), id);
    const isGroup = control.tagName === "DIV";
    const name = [`${fact.label} `, code(pathOf(fact))];
    const changed = isChanged(fact);
    const undo = element("button", { type: "button", onclick: () => changeTo(fact, auditFacts.get(data.profile, fact)) }, "as declared");
    const row = element(isGroup ? "fieldset" : "div", { class: changed ? "fact-row changed" : "fact-row" },
      isGroup ? element("legend", {}, ...name) : element("label", { for: id }, ...name),
      control, changed ? element("p", { class: "mark-changed" }, element("b", {}, "changed"), " ", undo) : null);
    const old = rows.get(fact);
    const focused = old?.contains(document.activeElement) ? document.activeElement.id : "";
    old?.replaceWith(row);
    rows.set(fact, row);
    if (focused) document.getElementById(focused)?.focus();
    return row;
  }

  function build() {
    const uses = [...new Set(facts.map((fact) => fact.use).filter(Boolean))];
    const rowsOf = (use) => facts.filter((fact) => fact.use === use).map(show);
    const reset = () => {
      profile = data.profile;
      facts.forEach(show);
      judge();
    };
    bar.append(element("p", {}, element("button", { type: "button", onclick: reset }, "All as declared")),
      element("details", {}, element("summary", {}, "The changes as a patch of the profile"),
        element("label", { for: "desk-patch" }, "JSON merge patch; apply it with license-audit questions --apply"), patch,
        element("p", {}, element("button", { type: "button", onclick: save }, "Save as a file"))));
    desk.append(
      element("p", {}, "Change a declared fact, and every verdict, duty and question on this page follows at once. Nothing is sent or stored: "
        + "the files stay as they are. The gate, waivers, headroom and what would change a verdict are told for the declared facts only."),
      element("form", { onsubmit: (event) => event.preventDefault() },
        element("details", { open: true }, element("summary", {}, "The whole organization"), ...rowsOf(null)),
        ...uses.map((use) => element("details", {}, element("summary", {}, "Use: ", element("bdi", {}, use)), ...rowsOf(use)))),
      bar);
    document.body.prepend(note);
    desk.parentElement.hidden = false;
    all(".scripted").forEach((one) => { one.hidden = false; });
  }

  function save() {
    const link = element("a", { download: "what-if.json", href: URL.createObjectURL(new Blob([patch.value], { type: "application/json" })) });
    link.click();
    URL.revokeObjectURL(link.href);
  }

  // --- what follows ---

  const usesOf = new Map(all("[data-use]").map((part) => [Number(part.dataset.use), part]));
  const counts = all("[data-count]");
  const originals = new Map(); // part of the page → a copy of what was written there
  const places = new Map(data.uses.map((_, place) => [place + 1, []])); // use → where the page tells about it
  for (const name of ["verdict", "range", "reason"]) {
    for (const place of all(`[data-${name}]`)) {
      places.get(Number(place.dataset[name])).push({ name, place, written: [...place.childNodes] });
    }
  }
  const touched = new Set(); // uses that are not told as they were written
  const analysisOf = (use) => data.uses[use - 1];

  function judge() {
    const found = profile === data.profile ? before : licenseAudit.assessAll(data, profile);
    const changed = found.map((result, number) => result !== before[number] && text(result) !== text(before[number]));
    for (const use of usesOf.keys()) {
      const differs = changed[analysisOf(use)];
      if (differs || touched.has(use)) retell(use, found[analysisOf(use)], differs);
      if (differs) touched.add(use);
      else touched.delete(use);
    }
    for (const place of counts) {
      place.textContent = counted(data.uses.filter((number) => found[number].verdict === place.dataset.count).length);
    }
    merge(found, changed.some(Boolean));
    account(found);
  }

  const texts = new WeakMap(); // models under the same terms share a result

  function text(result) {
    if (!texts.has(result)) texts.set(result, same(result));
    return texts.get(result);
  }

  /** Tell a use as it comes out now, wherever the page tells about it. */
  function retell(use, result, differs) {
    const old = before[analysisOf(use)];
    const told = {
      verdict: () => [badge(result.verdict), ...(result.verdict === old.verdict ? [] : [element("span", { class: "was" }, ` declared: ${old.verdict}`)])],
      range: () => (result.best === result.worst ? [] : ["best ", badge(result.best), " worst ", badge(result.worst)]),
      reason: () => [printable(result.reason)],
    };
    for (const { name, place, written } of places.get(use)) place.replaceChildren(...(differs ? told[name]() : written));
    const section = usesOf.get(use);
    section.className = `use ${result.verdict}`;
    tell(use, section, result, differs);
  }

  function account(found) {
    const changed = facts.filter(isChanged).length;
    const verdicts = data.uses.filter((number) => found[number].verdict !== before[number].verdict).length;
    const told = changed ? `${plural(changed, "fact")} changed. ${plural(verdicts, "verdict")} of ${counted(data.uses.length)} `
      + `${verdicts === 1 ? "differs" : "differ"} from those for the declared facts.` : "All facts are as declared.";
    say(told);
    note.replaceChildren("What if: ", told, " ", element("a", { href: "#what-if" }, "Go to the facts"));
    note.hidden = !changed;
    for (const one of all(".assumed-only")) one.hidden = !changed;
    patch.value = changed ? JSON.stringify(auditFacts.patch(facts, data.profile, profile), null, 2) : "";
    document.body.classList.toggle("assumed", changed > 0);
  }

  const counted = (count) => count.toLocaleString("en-US");
  const plural = (count, word) => `${counted(count)} ${count === 1 ? word : `${word}s`}`;

  /** The part of the page inside a use that is about something; made where the page did not need it. */
  function partOf(section, name) {
    const found = section.querySelector(`:scope > [data-part=${name}]`);
    if (found) return found;
    const made = element("div", { "data-part": name });
    section.querySelector(":scope > [data-part=clauses]").before(made);
    return made;
  }

  function tell(use, section, result, differs) {
    if (!section.querySelector(":scope > [data-part=clauses]")) return;
    for (const name of ["clauses", "questions", "readings"]) {
      const part = partOf(section, name);
      if (!originals.has(part)) originals.set(part, [...part.childNodes]);
      if (!differs) part.replaceChildren(...originals.get(part));
    }
    const terms = section.querySelector(":scope > .in-force");
    if (terms) terms.hidden = differs;
    for (const name of ["changes", "headroom"]) {
      const part = section.querySelector(`:scope > [data-part=${name}]`);
      if (part) part.hidden = differs;
    }
    if (!differs) return;
    partOf(section, "questions").replaceChildren(...questions(result.questions, section));
    partOf(section, "readings").replaceChildren(...readings(result, section));
    partOf(section, "clauses").replaceChildren(...clauses(use, section, result));
  }

  const linked = (section, name) => {
    const target = originalClauses(section).find((one) => one.dataset.clause === name);
    return target ? element("a", { href: `#${target.id}` }, code(name)) : code(name);
  };

  function originalClauses(section) {
    const part = section.querySelector(":scope > [data-part=clauses]");
    return originals.get(part).flatMap((node) => (node.querySelectorAll ? all("[data-clause]", node) : []));
  }

  function questions(asked, section) {
    if (!asked.length) return [];
    const items = asked.map((one) => element("li", {},
      element("p", {}, element("b", {}, one.text)),
      quiet(code(one.path), one.decides ? element("strong", {}, " · an answer to this alone can settle it") : null),
      one.clauses.length ? quiet("Asked by ", ...listed(one.clauses.map((name) => linked(section, name)))) : null));
    return [element("h5", {}, "Questions, the most decisive first"), element("ol", { class: "questions" }, ...items)];
  }

  function readings({ verdict, owed, readings: others }, section) {
    if (!others.length) return [];
    const duties = (names) => quiet("Duties owed: ", ...(names.length ? listed(names.map((name) => linked(section, name))) : ["none"]));
    const side = (title, ...rest) => element("div", { class: "side" }, element("h6", {}, title), ...rest);
    return [element("h5", {}, "Where readers differ"), ...others.flatMap((other) => [
      element("p", {}, linked(section, other.clause), " can be read in more than one way:"),
      element("div", { class: "sides" },
        side("Judged here", element("p", {}, badge(verdict)), duties(owed)),
        side(`Read otherwise: ${other.name}`, element("p", {}, badge(other.verdict)), element("p", {}, other.difference),
          quiet(`Held by: ${other.held_by}`), duties(other.owed))),
    ])];
  }

  /** The clauses of a use, grouped anew. Those with another outcome than on the written page are written anew, too. */
  function clauses(use, section, result) {
    const tested = licenseAudit.conditions(data, profile, analysisOf(use));
    const written = new Map(originalClauses(section).map((one) => [one.dataset.clause, one]));
    const groups = {};
    for (const [name, outcome] of Object.entries(result.outcomes)) {
      (groups[outcome] = groups[outcome] || []).push(clause(name, outcome, written.get(name), tested[name], result));
    }
    const group = (outcome, title) => element("div", { "data-outcome": outcome },
      element("h5", {}, title, " ", element("span", { class: "quiet" }, `(${groups[outcome].length})`)),
      element("ul", { class: outcome === "owed" ? "duties" : "clauses" }, ...groups[outcome]));
    const present = (titles) => Object.entries(titles).filter(([outcome]) => groups[outcome]);
    const rest = present(OTHERS);
    const total = rest.map(([outcome]) => `${groups[outcome].length} ${outcome}`).join(", ");
    return [...present(GRAVE).map((one) => group(...one)),
      ...(rest.length ? [element("details", { class: "rest" }, element("summary", {}, `All other clauses: ${total}`),
        ...rest.map((one) => group(...one)))] : [])];
  }

  function clause(name, outcome, written, tested, result) {
    const { rule, own, key } = lookUp(name);
    const waiting = result.questions.filter((one) => one.clauses.includes(name)).map((one) => code(one.path));
    const body = [
      element("p", { class: "clause-head" }, element("code", { class: "clause-id" }, name), " ",
        element("span", { class: `outcome ${outcome}` }, outcome), " ",
        element("span", { class: "quiet" }, `${rule.title} (${own.kind || rule.kind})`)),
      element("p", { class: "gist" }, written.querySelector(".gist").textContent),
      ...(tested ? conditions(own.when, tested) : []),
      ...(["barred", "review", "owed"].includes(outcome) ? [quiet(`What to do: ${rule.remedy}`)] : []),
      ...(outcome === "owed" ? proof(own, rule) : []),
      ...(waiting.length ? [quiet("Waits for: ", ...listed(waiting))] : []),
    ];
    const passage = written.querySelector(".passage");
    if (passage) body.push(passage.cloneNode(true));
    const attributes = { class: outcome === "owed" ? "duty" : `clause ${outcome}`, id: written.id, "data-clause": name };
    if (outcome !== "owed") return element("li", attributes, ...body);
    return element("li", attributes, element("span", { class: "box", "aria-hidden": "true" }), element("div", {}, ...body));
  }

  function lookUp(name) {
    const key = name.slice(0, name.indexOf("/"));
    const own = data.licenses[key].clauses.find((one) => `${key}/${one.id}` === name);
    return { own, key, rule: data.rules[own.rule] };
  }

  function proof(own, rule) {
    const tokens = own.duties || rule.duties || [];
    return [
      ...(own.wording ? [quiet("Required wording:"), element("blockquote", {}, own.wording)] : []),
      ...(tokens.length ? [quiet("Counts as done when ", code("fulfils"), " lists ", ...listed(tokens.map(code)), ".")] : []),
    ];
  }

  /** Each comparison of a condition beside the fact that it was held against. */
  function conditions(condition, tested) {
    const found = tests(condition, tested);
    return [element("ul", { class: "tests" }, ...found.map(([text, { holds, path, declared }]) => element("li", {},
      came(holds), " ", element("span", {}, text), " ",
      path ? element("span", { class: "fact" }, ...valued(path, declared), " ", code(path)) : null)))];
  }

  /** A fact in words, and whether it is declared or assumed. */
  function valued(path, declared) {
    const isAssumed = facts.some((fact) => isChanged(fact) && path.startsWith(pathOf(fact)));
    if (declared === null) return [element("em", {}, isAssumed ? "assumed not to be declared" : NOT_DECLARED)];
    return [isAssumed ? "assumed: " : "declared: ", element("b", {}, declared)];
  }

  function tests(condition, tested) {
    const parts = condition.all || condition.any || (condition.not === undefined ? null : [condition.not]);
    if (!parts) return [[auditFacts.sentence(condition, data.words), tested]];
    const [only] = tested.parts;
    if (condition.not !== undefined && only.path) return [[auditFacts.sentence(condition, data.words), { ...only, holds: tested.holds }]];
    return parts.flatMap((part, place) => tests(part, tested.parts[place]));
  }

  const came = (holds) => element("b", { class: holds === null ? "open" : holds ? "yes" : "no" }, holds === null ? "open" : holds ? "yes" : "no");

  // --- what the whole report comes to ---

  const sections = Object.fromEntries(["all-duties", "all-questions"].map((name) => {
    const found = document.querySelector(`[data-part=${name}]`);
    return [name, { list: found.querySelector("[data-list]"), written: [...found.querySelector("[data-list]").childNodes] }];
  }));

  function merge(found, differs) {
    const uses = data.uses.map((number, place) => [place + 1, found[number]]);
    const put = (name, made) => sections[name].list.replaceChildren(...(differs ? made() : sections[name].written));
    put("all-duties", () => allDuties(uses));
    put("all-questions", () => allQuestions(uses));
  }

  const link = (use) => element("li", {}, element("a", { href: `#s${use}` },
    usesOf.get(use).closest("article").querySelector("h3 bdi").cloneNode(true)), " for ", usesOf.get(use).querySelector("h4 bdi").cloneNode(true));

  /** What asks for it and for which uses: a long list is made when somebody opens it. */
  function asked(names, uses) {
    const list = () => element("ul", { class: "places" }, ...uses.map(link));
    const fill = ({ target }) => target.children.length < 2 && target.append(list());
    return [quiet("Asked by ", ...listed([...names].map(code))),
      uses.length > SHOWN ? element("details", { ontoggle: fill }, element("summary", {}, `For ${counted(uses.length)} model uses`)) : list()];
  }

  function gathered(pairs) {
    const found = new Map();
    for (const [key, name, use, more] of pairs) {
      const one = found.get(key) || { names: new Set(), uses: new Set(), settles: 0, ...more };
      name.forEach((each) => one.names.add(each));
      one.uses.add(use);
      one.settles += more.decides ? 1 : 0;
      found.set(key, one);
    }
    return [...found.values()];
  }

  function allDuties(uses) {
    const pairs = uses.flatMap(([use, result]) => result.owed.map((name) => {
      const { own, rule } = lookUp(name);
      return [same([rule.title, own.duties || rule.duties, own.wording]), [name], use, { own, rule }];
    }));
    const found = gathered(pairs).sort((a, b) => b.uses.size - a.uses.size);
    return found.length ? found.map(({ own, rule, names, uses: at }) => element("li", { class: "duty" },
      element("span", { class: "box", "aria-hidden": "true" }),
      element("div", {}, element("h3", {}, rule.title), element("p", {}, rule.remedy), ...proof(own, rule), ...asked(names, [...at]))))
      : [element("li", {}, "None for these facts.")];
  }

  function allQuestions(uses) {
    const open = uses.filter(([, result]) => result.verdict === "undetermined");
    const pairs = open.flatMap(([use, result]) => result.questions.map((one) => [one.path, one.clauses, use, one]));
    const found = gathered(pairs).sort((a, b) => b.settles - a.settles || b.uses.size - a.uses.size || (a.path < b.path ? -1 : 1));
    return found.length ? found.map(({ text, path, names, settles, uses: at }) => element("li", {},
      element("p", {}, element("b", {}, text)),
      quiet(code(path), settles ? element("strong", {}, ` · an answer to this alone can settle ${plural(settles, "verdict")}`) : null),
      ...asked(names, [...at])))
      : [element("li", {}, "None for these facts.")];
  }

  // --- begin ---

  function begin() {
    desk.append(element("h2", { id: "what-if" }, "What if"));
    before = licenseAudit.assessAll(data, data.profile);
    const isTold = (use, { name, place }) => name !== "verdict" || place.querySelector(`.badge.${before[analysisOf(use)].verdict}`);
    const wrong = [...places].filter(([use, told]) => !told.every((one) => isTold(use, one)));
    if (wrong.length) {
      desk.append(element("p", {}, "The script of this page and its verdicts do not agree, so nothing can be tried here. Please report it."));
      desk.parentElement.hidden = false;
    } else {
      build();
      account(before);
    }
  }

  setTimeout(begin, 0);
})();
