"use strict";
/*
 * The what-if of the report: a reviewer changes a declared fact, and every verdict, duty and question on the page
 * follows. Facts and patches come from facts.js, meaning from engine.js, controls from controls.js; here is the page.
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

  const { element, printable } = auditControls;
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const quiet = (...children) => element("p", { class: "aside" }, ...children);
  const code = (text) => element("code", {}, text);
  const listed = (nodes) => nodes.flatMap((node, place) => (place ? [", ", node] : [node]));

  function badge(verdict) {
    const mark = element("span", { class: "mark", "aria-hidden": "true" }, MARKS[verdict]);
    return element("span", { class: `badge ${verdict}` }, mark, ` ${verdict}`);
  }

  // --- the desk ---

  const status = element("p", { role: "status" });
  const patch = element("textarea", { id: "desk-patch", readonly: true, rows: "6", spellcheck: false, onfocus: ({ target }) => target.select() });
  const changes = element("ul", { class: "desk-changes" });
  const bar = element("div", { class: "desk-bar" }, status);
  const note = element("aside", { class: "assumed-note", "aria-label": "Assumed facts", hidden: true });
  const rows = facts.map(rowOf);

  function rowOf(fact, place) {
    const id = `fact-${place}`;
    const control = auditControls.make(fact, { data, value, declared, change }, id);
    const isGroup = control.node.tagName === "DIV";
    const name = [`${fact.label} `, code(pathOf(fact))];
    const undone = () => {
      profile = auditFacts.set(profile, fact, declared(fact));
      settle();
    };
    const undo = element("button", { type: "button", "aria-label": `${fact.label}: as declared`, onclick: undone }, "as declared");
    const mark = element("p", { class: "mark-changed" }, element("b", {}, "changed"), " ", undo);
    const node = element(isGroup ? "fieldset" : "div", { class: "fact-row" },
      isGroup ? element("legend", {}, ...name) : element("label", { for: id }, ...name), control.node, mark);
    return { fact, node, control, mark };
  }

  function value(fact) {
    return auditFacts.get(profile, fact);
  }

  function declared(fact) {
    return auditFacts.get(data.profile, fact);
  }

  function change(fact, now) {
    profile = auditFacts.set(profile, fact, now);
    settle(fact);
    return "";
  }

  function pathOf(fact) {
    return fact.use ? `uses.${fact.use}.${fact.path.slice(4)}` : fact.path;
  }

  const isChanged = (fact) => auditFacts.isChanged(fact, data.profile, profile);
  const say = (text) => status.replaceChildren(text);
  const same = (one) => JSON.stringify(one);

  /** Show what became of the facts, and what follows. What somebody types into stays as it was typed. */
  function settle(typed = null) {
    for (const { fact, node, control, mark } of rows) {
      const changed = isChanged(fact);
      node.classList.toggle("changed", changed);
      mark.classList.toggle("nothing", !changed);
      if (fact === typed || !control.reset) control.sync();
      else control.reset();
    }
    try {
      judge();
    } catch (error) {
      say("This page cannot tell what follows from these facts. Nothing on it holds for them.");
      throw error;
    }
  }

  function build() {
    const uses = [...new Set(facts.map((fact) => fact.use).filter(Boolean))];
    const rowsOf = (use) => rows.filter((row) => row.fact.use === use).map((row) => row.node);
    const reset = () => {
      profile = data.profile;
      settle();
    };
    bar.append(changes, element("p", {}, element("button", { type: "button", onclick: reset }, "All as declared")),
      element("details", {}, element("summary", {}, "The changes as a patch of the profile"),
        element("label", { for: "desk-patch" }, "JSON merge patch; apply it with license-audit questions --apply"), patch,
        element("p", {}, element("button", { type: "button", onclick: save }, "Save as a file"))));
    desk.append(
      element("p", {}, "Change a declared fact, and every verdict, duty and question on this page follows at once. Nothing is sent or stored: "
        + "the files stay as they are. The gate, waivers, headroom and what would change a verdict are told for the declared facts only. Affiliates, and "
        + "the details of agreements and claims, are changed in the profile."),
      element("form", { onsubmit: (event) => event.preventDefault() },
        element("details", { open: true }, element("summary", {}, "The whole organization"), ...rowsOf(null)),
        ...uses.map((use) => element("details", {}, element("summary", {}, "Use: ", element("bdi", {}, use)), ...rowsOf(use)))),
      bar);
    document.body.prepend(note);
    rows.forEach(({ control, mark }) => {
      control.sync();
      mark.classList.add("nothing");
    });
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
    account(found);
    for (const use of usesOf.keys()) {
      const differs = changed[analysisOf(use)];
      if (!differs && !touched.has(use)) continue;
      touched.add(use);
      retell(use, found, differs);
      if (!differs) touched.delete(use);
    }
    merge(found, changed.some(Boolean));
  }

  const texts = new WeakMap(); // models under the same terms share a result

  function text(result) {
    if (!texts.has(result)) texts.set(result, same(result));
    return texts.get(result);
  }

  /** Tell a use as it comes out now, wherever the page tells about it. */
  function retell(use, found, differs) {
    const [result, old] = [found[analysisOf(use)], before[analysisOf(use)]];
    const told = {
      verdict: () => [badge(result.verdict), ...(result.verdict === old.verdict ? [] : [element("span", { class: "was" }, ` declared: ${old.verdict}`)])],
      range: () => (result.best === result.worst ? [] : ["best ", badge(result.best), " worst ", badge(result.worst)]),
      reason: () => [printable(result.reason)],
    };
    for (const { name, place, written } of places.get(use)) place.replaceChildren(...(differs ? told[name]() : written));
    const section = usesOf.get(use);
    section.className = `use ${result.verdict}`;
    const leader = Number(section.dataset.same || 0);
    const isAlike = leader && text(found[analysisOf(leader)]) === text(result);
    for (const one of all(":scope > .same", section)) one.hidden = differs && !isAlike;
    tell(use, section, result, differs, leader && (isAlike || !differs));
  }

  function account(found) {
    const changed = facts.filter(isChanged).length;
    const verdicts = data.uses.filter((number) => found[number].verdict !== before[number].verdict).length;
    const told = changed ? `${plural(changed, "fact")} changed. ${plural(verdicts, "verdict")} of ${counted(data.uses.length)} `
      + `${verdicts === 1 ? "differs" : "differ"} from those for the declared facts.` : "All facts are as declared.";
    say(told);
    const list = facts.filter(isChanged).map((fact) => element("li", {}, code(pathOf(fact)), `: ${inShort(declared(fact))} → ${inShort(value(fact))}`));
    changes.replaceChildren(...list);
    note.replaceChildren("What if: ", told, " ", element("a", { href: "#what-if" }, "Go to the facts"),
      element("ul", { class: "for-paper" }, ...list.map((one) => one.cloneNode(true))));
    note.hidden = !changed;
    for (const one of all(".assumed-only")) one.hidden = !changed;
    for (const place of counts) {
      place.textContent = counted(data.uses.filter((number) => found[number].verdict === place.dataset.count).length);
    }
    patch.value = changed ? JSON.stringify(auditFacts.patch(facts, data.profile, profile), null, 2) : "";
    document.body.classList.toggle("assumed", changed > 0);
  }

  /** A value in short, for a list of changes. */
  function inShort(one) {
    if (one === undefined) return NOT_DECLARED;
    if (Array.isArray(one)) return one.map((part) => part.duty || part.clause || part.about || (part.covers || []).join(", ")).join(", ") || "none";
    if (typeof one !== "object") return String(one);
    if (one.items) return (one.items.join(", ") || "none") + (one.open ? ", and perhaps others" : "");
    const bounds = [["at least", one.at_least], ["at most", one.at_most]].filter(([, bound]) => bound !== undefined);
    return [one.currency, ...[...(one.figures || []), ...bounds].map((pair) => pair.join(" "))].filter(Boolean).join(", ");
  }

  const counted = (count) => count.toLocaleString("en-US");
  const plural = (count, word) => `${counted(count)} ${count === 1 ? word : `${word}s`}`;

  /** The part of the page inside a use that is about something; made where the page did not need it. */
  function partOf(section, name) {
    const found = section.querySelector(`:scope > [data-part=${name}]`);
    if (found) return found;
    const made = element("div", { "data-part": name });
    const later = ["clauses", "changes", "headroom"].map((next) => section.querySelector(`:scope > [data-part=${next}]`));
    (later.find(Boolean) || section.querySelector(":scope > .initials")).before(made);
    return made;
  }

  /** `isElsewhere`: the same is told in full at another use. */
  function tell(use, section, result, differs, isElsewhere) {
    for (const name of ["clauses", "questions", "readings"]) {
      const part = partOf(section, name);
      if (!originals.has(part)) originals.set(part, [...part.childNodes]);
      if (!differs || isElsewhere) part.replaceChildren(...originals.get(part));
    }
    for (const one of all(":scope > [data-part=changes], :scope > [data-part=headroom], :scope > [data-declared]", section)) one.hidden = differs;
    const denied = differs ? result.notGranted.filter(([, isDone]) => isDone === true).map(([act]) => code(act)) : [];
    partOf(section, "denied").replaceChildren(...(denied.length ? [element("p", {}, "No clause grants: ", ...listed(denied), ".")] : []));
    if (!differs || isElsewhere) return;
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

  function readings({ verdict, owed, outcomes, readings: others }, section) {
    if (!others.length) return [];
    const duties = (names) => quiet("Duties owed: ", ...(names.length ? listed(names.map((name) => linked(section, name))) : ["none"]));
    const side = (title, ...rest) => element("div", { class: "side" }, element("h6", {}, title), ...rest);
    return [element("h5", {}, "Where readers differ"), ...others.flatMap((other) => [
      element("p", {}, ...(other.clause in outcomes ? [linked(section, other.clause), " can be read in more than one way:"]
        : ["Which terms hold can be read in more than one way; otherwise ", code(other.clause), ":"])),
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
    const decides = result.decisive.includes(name) ? [" ", element("span", { class: "decides" }, "decides")] : [];
    const body = [
      element("p", { class: "clause-head" }, element("code", { class: "clause-id" }, name), " ",
        element("span", { class: `outcome ${outcome}` }, outcome), ...decides, " ",
        element("span", { class: "quiet" }, `${rule.title} (${own.kind || rule.kind})`)),
      element("p", { class: "source" }, `Section ${own.id.split("/")[0]} of ${data.licenses[key].title}`),
      element("p", { class: "gist" }, own.gist || ""),
      ...(tested ? conditions(own.when ?? true, tested) : []),
      ...(["barred", "review", "owed"].includes(outcome) ? [quiet(`What to do: ${rule.remedy}`)] : []),
      ...(outcome === "barred" && own.cure ? [quiet(`What lifts it: ${own.cure.replaceAll("-", " ")}.`)] : []),
      ...(outcome === "owed" ? proof(own, rule) : []),
      ...(own.alternatives ? [quiet("Readers differ; read here in the cautious way.")] : []),
      ...(waiting.length ? [quiet("Waits for: ", ...listed(waiting))] : []),
    ];
    const passage = written && written.querySelector(".passage");
    if (passage) body.push(passage.cloneNode(true));
    const id = written ? { id: written.id } : {};
    const attributes = { class: outcome === "owed" ? "duty" : `clause ${outcome}`, ...id, "data-clause": name };
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
    const open = uses.filter(([, result]) => ["undetermined", "conditional"].includes(result.verdict));
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
