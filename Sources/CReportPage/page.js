"use strict";
// Text of the corpus is only ever added as a text node. No markup is made of strings.
const hidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ue000-\uf8ff\u{e0000}-\u{e0fff}]|(\p{M}{8})\p{M}+/gu;
const find = (selector, root = document) => root.querySelector(selector);

/** Makes an element with properties and children. */
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) element[name] = value; else element.setAttribute(name, value);
  }
  for (const child of children.flat()) if (child != null && child !== "") element.append(child);
  return element;
}

/** Appends text; characters that do not show become chips with their number. */
function paint(element, text) {
  let last = 0;
  text = text.replaceAll("\r\n", "\n");
  for (const match of text.matchAll(hidden)) {
    element.append(text.slice(last, match.index) + (match[1] || ""));
    const number = match[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
    element.append(make("span", { className: "ctl", title: match[1] ? "more marks" : "U+" + number }, match[1] ? "…" : number));
    last = match.index + match[0].length;
  }
  element.append(text.slice(last));
  return element;
}

/** Text of the corpus, in its own direction. */
function own(text, className = "") {
  return paint(make("bdi", { className, dir: "auto" }), text);
}

const grouped = number => number.toLocaleString("en-US");
const count = (number, noun) => `${grouped(number)} ${noun}${number === 1 ? "" : "s"}`;
function bytes(number) {
  for (const [unit, size] of [["GB", 1e9], ["MB", 1e6], ["KB", 1e3]]) if (number >= size) return (number / size).toFixed(1) + " " + unit;
  return number + " B";
}

/** The Wilson interval of a share, at 95 % confidence. */
function wilson(hits, total) {
  const z = 1.959964, share = hits / total, scale = 1 + z * z / total;
  const middle = (share + z * z / (2 * total)) / scale;
  const half = z * Math.sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / scale;
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

// A page in a file may not be allowed to store anything.
const store = {
  get(key) { try { return localStorage.getItem(key); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(key, value); } catch { /* kept until the page is closed */ } },
};

function setUpTheme() {
  const root = document.documentElement, saved = store.get("reprise-theme");
  if (saved) root.dataset.theme = saved;
  const change = () => {
    const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme:dark)").matches;
    root.dataset.theme = isDark ? "light" : "dark";
    store.set("reprise-theme", root.dataset.theme);
  };
  find("#theme").onclick = change;
  return change;
}

function setUpNavigation() {
  const links = [...document.querySelectorAll(".top nav a")].filter(link => !(find(link.hash).hidden && link.remove() === undefined));
  const observer = new IntersectionObserver(entries => {
    for (const entry of entries) if (entry.isIntersecting) {
      for (const link of links) if (link.hash === "#" + entry.target.id) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
    }
  }, { rootMargin: "-15% 0px -75% 0px" });
  for (const section of document.querySelectorAll("main>section")) observer.observe(section);
}

const kinds = {
  random: ["Near-duplicates at random", "dropped"], above: ["Near-duplicates, the least similar", "dropped"],
  below: ["Just below the threshold", "kept"],
  exact: ["Same text or same words", "dropped"], long: ["Passages that take most", "cut"],
  many: ["Passages in most documents", "cut"], passages: ["Passages at random", "cut"],
};

/** The samples: a list, both texts, and judgements. */
class Viewer {
  constructor(data) {
    this.samples = data.samples;
    this.near = data.near;
    this.key = "reprise-labels " + data.key;
    this.labels = JSON.parse(store.get(this.key) || "{}");
    this.at = 0;
    this.isUnfolded = false;
    this.rail = make("nav", { className: "rail", "aria-label": "Samples", tabIndex: 0 });
    this.stage = make("div", { className: "stage" });
    this.foot = make("div", { className: "foot", "aria-live": "polite" });
    this.buttons = this.samples.map((sample, index) => {
      if (sample.kind !== this.samples[index - 1]?.kind) this.rail.append(make("h3", {}, kinds[sample.kind][0]));
      const value = sample.passage == null ? sample.similarity.toFixed(2) : grouped(sample.words);
      const button = make("button", { type: "button", onclick: () => this.show(index) }, make("span", {}, value), own(sample.title || sample.second.id, "one"), make("span"));
      this.rail.append(button);
      return button;
    });
    find("#viewer").replaceChildren(this.rail, this.stage);
    const named = /^#s(\d+)$/.exec(location.hash);
    this.show(named ? named[1] - 1 : 0, false);
  }

  label(sample) { return sample.passage == null ? JSON.stringify([sample.first, sample.second]) : "passage " + sample.passage; }

  cell(parts, side) {
    const cell = make("div", { dir: "auto" });
    parts.forEach((part, index) => {
      let [kind, text] = typeof part === "string" ? [0, part] : part;
      // The line ends where the row does.
      if (index === parts.length - 1) text = text.replace(/\r?\n$/, "");
      paint(kind === 0 ? cell : cell.appendChild(make("mark", { className: kind === 2 ? "q" : side })), text);
    });
    return cell;
  }

  row(row) {
    const [first, second] = typeof row === "string" ? [[row], [row]] : row;
    return make("div", { className: "row" }, this.cell(first, "l"), this.cell(second, "r"));
  }

  rows(rows) {
    const result = [];
    let equal = [];
    const flush = () => {
      if (this.isUnfolded || equal.length <= 7) result.push(...equal.map(row => this.row(row)));
      else {
        const middle = equal.slice(2, -2);
        result.push(...equal.slice(0, 2).map(row => this.row(row)));
        const words = middle.reduce((sum, row) => sum + (row.match(/[\p{L}\p{N}]+/gu) || []).length, 0);
        result.push(make("button", { type: "button", className: "fold", onclick: event => event.target.replaceWith(...middle.map(row => this.row(row))) }, count(words, "equal word")));
        result.push(...equal.slice(-2).map(row => this.row(row)));
      }
      equal = [];
    };
    for (const row of rows) {
      if (typeof row === "string") { equal.push(row); continue; }
      flush();
      const left = row.rest ? "The rest is not in this file." : row.equal && count(row.equal, "equal word") + ", not in this file";
      result.push(left ? make("p", { className: "fold" }, left) : this.row(row));
    }
    flush();
    return result;
  }

  /** What is before or after a passage. */
  around(texts) { return texts ? make("div", { className: "row around" }, texts.map((text, side) => this.cell([text], side ? "r" : "l"))) : ""; }

  show(index, isChosen = true) {
    this.at = Math.max(0, Math.min(this.samples.length - 1, index));
    const sample = this.samples[this.at], isPassage = sample.passage != null;
    const place = document => [make("b", {}, own(document.id)), document.line ? `, line ${grouped(document.line)}` : document.id.startsWith(document.source) ? "" : [" in ", own(document.source)]].flat();
    const differs = sample.left + sample.right > 0;
    const text = differs ? `${count(sample.left, "word")} only left, ${count(sample.right, "word")} only right, ${grouped(sample.common)} in common.` : `All ${count(sample.common, "word")} are the same.`;
    const limit = sample.cut ? ` Only the first ${sample.cut} KB are compared here.` : "";
    const head = make("h3", {}, make("span", { className: "pill" }, `${isPassage ? "identity" : "similarity"} ${sample.similarity.toFixed(3)}`), own(sample.title || sample.second.id),
      make("small", {}, `${kinds[sample.kind][0]}${isPassage ? `, in ${count(sample.documents, "document")}` : ""}. ${text}${limit}`));
    this.judges = make("div", { className: "judge" }, ["same", "different", "unsure"].map((value, number) =>
      make("button", { type: "button", value, onclick: () => this.judge(this.labels[this.label(sample)] === value ? null : value) }, value + " ", make("kbd", {}, number + 1))));
    this.texts = make("div", { className: "texts", tabIndex: 0, role: "region", "aria-label": "Both texts" },
      make("div", { className: "cols" }, make("div", {}, sample.first.reference ? `in ${sample.first.reference}: ` : "kept: ", place(sample.first)), make("div", {}, kinds[sample.kind][1] + ": ", place(sample.second))),
      this.around(sample.before), this.rows(sample.rows), this.around(sample.after));
    this.stage.replaceChildren(make("header", {}, head, this.judges), this.texts, this.foot);
    this.marks = [...this.texts.querySelectorAll("mark:not(.q)")];
    this.mark = -1;
    this.buttons.forEach((button, other) => button.setAttribute("aria-current", other === this.at));
    const button = this.buttons[this.at];
    if (button.offsetTop < this.rail.scrollTop + 34 || button.offsetTop > this.rail.scrollTop + this.rail.clientHeight - 34) this.rail.scrollTop = button.offsetTop - this.rail.clientHeight / 2;
    if (isChosen) history.replaceState(null, "", "#s" + (this.at + 1));
    this.tally();
  }

  judge(value) {
    const sample = this.samples[this.at];
    if (value) this.labels[this.label(sample)] = value; else delete this.labels[this.label(sample)];
    store.set(this.key, JSON.stringify(this.labels));
    const next = this.samples.findIndex((other, index) => index > this.at && other.kind === sample.kind && !this.labels[this.label(other)]);
    if (value && next > 0) this.show(next); else this.tally();
  }

  tally() {
    const values = this.samples.map(sample => this.labels[this.label(sample)]);
    const judged = values.filter((value, index) => this.samples[index].kind === "random" && (value === "same" || value === "different"));
    const same = judged.filter(value => value === "same").length;
    const text = make("span");
    if (judged.length) {
      const [low, high] = wilson(same, judged.length).map(share => (100 * share).toFixed(0) + " %");
      text.append(make("b", {}, `${same} of ${judged.length}`), ` near-duplicates at random are the same to you: ${(100 * same / judged.length).toFixed(0)} %, with 95 % confidence ${low} to ${high} of all ${grouped(this.near)}.`);
    } else text.append(`Sample ${this.at + 1} of ${this.samples.length}`);
    this.foot.replaceChildren(text, make("button", { type: "button", id: "save", disabled: !values.some(Boolean), onclick: () => this.save() }, "Save judgements"));
    this.buttons.forEach((button, index) => { button.lastChild.textContent = { same: "=", different: "≠", unsure: "?" }[values[index]] || ""; });
    for (const button of this.judges.children) button.setAttribute("aria-pressed", button.value === values[this.at]);
  }

  /** The judgements as JSON Lines. */
  lines() {
    return this.samples.filter(sample => this.labels[this.label(sample)]).map(sample => JSON.stringify({
      first: sample.first, second: sample.second, passage: sample.passage ?? null, kind: sample.kind, similarity: sample.similarity, label: this.labels[this.label(sample)],
    }) + "\n").join("");
  }

  save() {
    make("a", { href: URL.createObjectURL(new Blob([this.lines()], { type: "application/jsonl" })), download: "reprise-labels.jsonl" }).click();
  }

  jump(step) {
    if (!this.marks.length) return;
    this.marks[this.mark]?.classList.remove("now");
    this.mark = (this.mark + step + this.marks.length) % this.marks.length;
    this.marks[this.mark].classList.add("now");
    this.marks[this.mark].scrollIntoView({ block: "center", behavior: "auto" });
  }

  keys() {
    return {
      j: () => this.show(this.at + 1), k: () => this.show(this.at - 1), n: () => this.jump(1), p: () => this.jump(-1),
      1: () => this.judge("same"), 2: () => this.judge("different"), 3: () => this.judge("unsure"), u: () => this.judge(null),
      e: () => { this.isUnfolded = !this.isUnfolded; this.show(this.at, false); }, m: () => find("#viewer").classList.toggle("mono"),
    };
  }
}

/** A table with search, filters, an order and pages. */
function list(name, rows, total, columns, filters, search) {
  const box = find(`[data-list=${name}]`), size = name === "findings" ? 25 : 10;
  const text = rows.map(row => search(row).toLowerCase());
  let page = 0, query = "", chosen = null, order = null, direction = -1;
  const input = make("input", { type: "search", placeholder: "Search ids and titles", "aria-label": "Search " + name, oninput() { query = input.value.toLowerCase(); page = 0; draw(); } });
  const chips = filters.map(([label, test]) => {
    const chip = make("button", { type: "button", className: "chip", "aria-pressed": "false", onclick() {
      chosen = chosen === test ? null : test;
      for (const other of chips) other.setAttribute("aria-pressed", other === chip && chosen !== null);
      page = 0; draw();
    } }, label);
    return chip;
  });
  const found = make("span", { className: "cnt", "aria-live": "polite" }), body = make("tbody"), pager = make("div", { className: "pager" });
  const heads = columns.map(([label, , className, key]) => {
    const head = make("th", { scope: "col", className });
    head.append(key ? make("button", { type: "button", onclick() {
      direction = order === key ? -direction : -1; order = key;
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", direction < 0 ? "descending" : "ascending"); draw();
    } }, label) : label);
    return head;
  });
  box.replaceChildren(make("div", { className: "tools" }, input, chips, found), make("table", { className: "list" }, make("thead", {}, make("tr", {}, heads)), body), pager);
  function draw() {
    const shown = rows.map((_, index) => index).filter(index => (!query || text[index].includes(query)) && (!chosen || chosen(rows[index])));
    if (order) shown.sort((a, b) => { const x = order(rows[a]), y = order(rows[b]); return x === y ? a - b : (x < y ? -1 : 1) * direction; });
    const pages = Math.max(1, Math.ceil(shown.length / size));
    page = Math.min(page, pages - 1);
    found.textContent = `${shown.length === rows.length ? "" : grouped(shown.length) + " of "}${grouped(rows.length)}${rows.length < total ? ` of ${grouped(total)} are in this file` : ""}`;
    body.replaceChildren(...shown.slice(page * size, page * size + size).map(index => make("tr", {}, columns.map(([, get, className]) => make("td", { className }, get(rows[index]))))));
    pager.replaceChildren(...(pages === 1 ? [] : [
      make("button", { type: "button", disabled: page === 0, onclick() { page -= 1; draw(); } }, "Back"),
      make("button", { type: "button", disabled: page === pages - 1, onclick() { page += 1; draw(); } }, "More"), `page ${grouped(page + 1)} of ${grouped(pages)}`]));
  }
  draw();
}

/** A button that opens or closes details below its row. */
function unfolding(label, details) {
  return make("button", { type: "button", "aria-expanded": "false", onclick(event) {
    const button = event.currentTarget, row = button.closest("tr"), isOpen = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", String(!isOpen));
    if (isOpen) row.nextSibling.remove();
    else row.after(make("tr", {}, make("td", { className: "members", colSpan: row.children.length }, details().flatMap(line => [line, make("br")]).flat())));
  } }, label);
}

function lists(data, viewer) {
  const sampled = new Map();
  data.samples.forEach((sample, index) => sampled.set(sample.passage == null ? sample.second.id + "\u0000" + sample.second.source : sample.passage, index));
  const opening = (index, label) => index === undefined ? make("span", {}, label) : make("button", { type: "button", title: "Show both texts", onclick() { viewer.show(index); find("#viewer").scrollIntoView(); } }, label);
  const named = (title, id) => [own(title || id), title ? own(id, "sm") : ""];
  list("findings", data.findings, data.findings_total, [
    ["document", row => opening(sampled.get(row[0] + "\u0000" + row[7]), named(row[6], row[0])), "", row => row[0]],
    ["decision", row => ({ drop: "dropped", trim: "trimmed", unreadable: "unreadable" })[row[1]] + (row[2] ? ", " + row[2] : ""), "n", row => row[1] + row[2]],
    ["repeats", row => own(row[3], "sm"), "wide"],
    ["similarity", row => row[4] == null ? "" : row[4].toFixed(3), "n wide", row => row[4] ?? -1],
    ["removed", row => bytes(row[5]), "n", row => row[5]],
  ], ["exact", "words", "near", "contained", "passage"].filter(reason => data.findings.some(row => row[2] === reason)).map(reason => [reason, row => row[2] === reason])
    .concat(data.findings.some(row => row[1] === "trim") ? [["trimmed", row => row[1] === "trim"]] : []), row => row[0] + " " + row[6] + " " + row[3]);
  list("clusters", data.clusters, data.clusters_total, [
    ["cluster", row => unfolding(own(row[2] || row[3][0]?.[0] || ""), () => [
      ...row[3].map(([id, similarity]) => [own(id), similarity == null ? " kept" : ` ${similarity.toFixed(3)}`]),
      ...(row[1] > row[3].length ? [[`and ${grouped(row[1] - row[3].length)} more: reprise show RESULTS --cluster ${row[0]}`]] : [])].map(line => make("span", {}, line))), ""],
    ["documents", row => grouped(row[1]), "n", row => row[1]],
  ], [], row => row[2] + " " + row[3].map(member => member[0]).join(" "));
  list("passages", data.passages, data.passages_total, [
    ["passage", row => [sampled.has(row[0]) ? opening(sampled.get(row[0]), own(row[4])) : unfolding(own(row[4]), () => row[6].map(place =>
      make("span", {}, own(place[0]), `, line ${grouped(place[1])}, ` + (place[3] ? "kept" : `identity ${place[2].toFixed(3)}`)))), own(row[5], "sm")], ""],
    ["words", row => grouped(row[1]), "n", row => row[1]],
    ["documents", row => grouped(row[2]), "n", row => row[2]],
    ["removed", row => bytes(row[3]), "n", row => row[3]],
  ], [], row => row[4] + " " + row[5] + " " + row[6].map(place => place[0]).join(" "));
}

async function start() {
  const theme = setUpTheme(), dialog = find("#keys");
  setUpNavigation();
  find("#help").onclick = () => dialog.showModal();
  const packed = find("#data").textContent;
  find("#data").remove();
  if (typeof DecompressionStream === "undefined") { document.body.dataset.ready = "static"; return; }
  const stream = new Blob([Uint8Array.from(atob(packed), letter => letter.charCodeAt(0))]).stream().pipeThrough(new DecompressionStream("deflate"));
  const data = JSON.parse(await new Response(stream).text());
  const viewer = data.samples.length ? new Viewer(data) : null;
  lists(data, viewer);
  for (const bar of document.querySelectorAll("rect[data-low]")) bar.onclick = () => {
    const low = bar.dataset.low / 100, index = data.samples.findIndex(sample => sample.passage == null && sample.similarity >= low && sample.similarity < low + 0.02);
    if (index >= 0) { viewer.show(index); find("#viewer").scrollIntoView(); }
  };
  addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || dialog.open || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    const action = { d: theme, "?": () => dialog.showModal(), "/": () => find("#findings input").focus(), ...viewer?.keys() }[event.key];
    if (action) { event.preventDefault(); action(); }
  });
  window.report = { data, viewer };
  document.body.dataset.ready = "1";
}
start();
