// Build by hand: sliders for every weight of one LSTM unit, and a goal that is checked by running it here. The server
// tells the challenges once, and hears, when the reader rests, which weights are set, so that a link has them.
import { setAddress, withSettings } from "../../core/address.js";
import { themeOf } from "../../core/colour.js";
import { element, replace } from "../../core/dom.js";
import { historyKey } from "../../core/keys.js";
import { clamp } from "../../core/geometry.js";
import { unpack } from "../../core/payload.js";
import { LAY_OUT, buildRoot } from "../../core/root.js";
import { SUM_UP, voice } from "../../core/said.js";
import { markTerms } from "../../core/terms.js";
import { followTheme } from "../../core/theme.js";
import { frameOf } from "../../live/frame.js";
import { leaving } from "../../live/leaving.js";
import { buildBreaking } from "./breaking_view.js";
import { loadCounter } from "./broken.js";
import { buildChallenge } from "./challenge_view.js";
import { history } from "./history.js";
import { keeping } from "./keeping.js";
import { begun, firstOf, opened } from "./opening.js";
import { readWeights, writeWeights } from "./written.js";

const REST = 400; // milliseconds after which the server is told
const POLL = 500; // milliseconds after which it is asked again for what it searches
const UNDONE = ["challenge", "weights", "sequence", "trial", "shut"];

const views = new WeakMap();

export default ({ parentElement, data, setStateValue }) => {
  if (!views.has(parentElement)) views.set(parentElement, build(parentElement, () => views.delete(parentElement)));
  const view = views.get(parentElement);
  view.update(data, (message) => setStateValue("message", message));
  return view.close;
};

function build(parent, forget) {
  const root = buildRoot("lv-page", "lv-by-hand");
  const tabs = element("div", { class: "tabs", role: "tablist", "aria-label": "Challenges" });
  const place = element("div", { class: "place" });
  const problem = element("p", { class: "problem", hidden: "" });
  root.append(tabs, problem, place);
  parent.append(root);
  const life = new AbortController();
  const keep = keeping();
  const past = history();
  const placed = { header: {} }; // where a step is, for what is lit
  const lights = frameOf(root, placed, {});
  let header = null;
  let arrays = null;
  let module = null;
  let settings = null;
  let said = null; // the settings, as the server said them last
  let send = () => {};
  let number = 0; // of the last message
  let timer = 0;
  let opening = 0; // the same, of what the page opened on
  let posted = -Infinity; // when the server was told last
  let frame = 0;
  let view = null; // of the challenge on show
  let told = ""; // of which challenge the idea was asked for
  let counter = null; // the trained one: null, a promise, or it
  let searching = false; // whether the server was asked for the fewest gates
  let width = 0;

  function update(bytes, tell) {
    send = tell;
    const { header: now, arrays: given } = unpack(bytes);
    const first = !header;
    if (now.challenges) [header, arrays] = [now, given];
    else Object.assign(header ?? {}, now);
    if (!header) return post({}); // the server counts on what this page does not hold
    if (first) open(now.settings);
    // Where nothing is on its way from here, what the server says anew was chosen elsewhere, as by a lesson.
    else if (!timer && now.received === number && !same(now.settings, said)) settings = now.settings;
    said = now.settings;
    if (header.found || header.failed) searching = false;
    if (searching) setTimeout(() => searching && post(settings), POLL);
    setAddress(address(), root);
    if (first) return load();
    refresh();
  }

  function open(given) {
    const query = new URLSearchParams(window.location.search);
    number = Math.max(number, header.received);
    settings = opened(given, query, header, keep);
    // What is taken away is of what is on show; a lesson's step stays as its author made it until something is done.
    if (!query.has("lesson") && !same(given, settings)) opening = setTimeout(() => post(settings), REST);
  }

  async function load() {
    const address = header.cell ? new URL(header.cell, document.baseURI).href : URL.createObjectURL(new Blob([header.cellText], { type: "text/javascript" }));
    try {
      module = await import(address);
    } catch {
      return unable();
    }
    refresh();
  }

  function refresh() {
    if (frame || !module) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      show();
    });
  }

  function show() {
    followTheme(header.frame.theme, root);
    root.dataset.theme = themeOf(root);
    root.style.setProperty("--muted", header.themes[root.dataset.theme].muted);
    drawTabs();
    const { challenge: name } = settings;
    if (name === header.breaking.name) return showBreaking();
    if (view?.name !== name) {
      view = { name, ...make(name) };
      replace(place, view.root);
    }
    const before = keep.isSolved(name);
    const judged = view.update({
      weights: readWeights(settings.weights, view.count),
      trial: settings.trial,
      sequence: settings.sequence,
      step: settings.step,
      hinted: keep.hints(name),
      told: told === name,
      before,
      can: past.can(),
      theme: root.dataset.theme,
    });
    if (judged.passed === judged.trials && !before) {
      keep.solve(name);
      drawTabs();
    }
    keep.leave(name, settings.weights);
    root.dataset.solved = String(judged.passed === judged.trials);
    painted();
  }

  function showBreaking() {
    const { name } = header.breaking;
    counter ??= loadCounter(header.breaking).then((made) => (counter = made)).then(refresh, unable);
    if (counter.then) return;
    if (view?.name !== name) {
      view = { name, ...buildBreaking({ header, counter, act, keep }) };
      replace(place, view.root);
    }
    const { shut, trial } = settings;
    if (view.update({ shut, trial, can: past.can(), theme: root.dataset.theme, searching })) keep.solve(name);
    drawTabs();
    painted();
  }

  function painted() {
    const { frame: around, hide } = header;
    placed.header = view.state?.header ?? {};
    lights.fold({ settings: { hide }, frame: around });
    lights.light({ frame: around });
    root.dataset.painted = String(Number(root.dataset.painted ?? 0) + 1);
    if (root.dataset.painted === "1") markTerms(root, header.glossary);
  }

  function unable() {
    problem.hidden = false;
    problem.textContent = header.unable;
  }

  function make(name) {
    const built = buildChallenge({ header, arrays, name, module, act });
    return { ...built, count: header.rows.length * (built.challenge.inputs.length + 2) };
  }

  function drawTabs() {
    const listed = [...header.challenges, header.breaking].map(({ name, title }) => [name, title]);
    if (tabs.children.length !== listed.length) replace(tabs, ...listed.map(([name]) => tab(name)));
    listed.forEach(([name, title], k) => {
      const chosen = name === settings.challenge;
      const button = tabs.children[k];
      button.textContent = `${keep.isSolved(name) ? "✓ " : ""}${title}`;
      button.setAttribute("aria-selected", String(chosen));
      button.tabIndex = chosen ? 0 : -1;
    });
  }

  function tab(name) {
    const button = element("button", { type: "button", role: "tab", "data-name": name });
    button.onclick = () => go(name);
    button.onkeydown = (event) => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!by) return;
      event.preventDefault();
      event.stopPropagation();
      const next = tabs.children[(Number([...tabs.children].indexOf(button)) + by + tabs.children.length) % tabs.children.length];
      go(next.dataset.name);
      next.focus();
    };
    return button;
  }

  // by: what changes it, so that one drag is one change; null for a change of its own
  function change(values, by = null) {
    const next = { ...settings, ...values };
    if (same(next, settings)) return;
    if (UNDONE.some((name) => next[name] !== settings[name])) past.note(settings, by);
    settings = next;
    tellLater();
    refresh();
  }

  function go(name) {
    if (name === settings.challenge) return;
    change({ ...begun(name, header), weights: keep.weights(name) });
  }

  function tellLater() {
    setAddress(address(), root);
    clearTimeout(timer);
    timer = setTimeout(flush, REST);
  }

  function flush() {
    if (!timer) return;
    clearTimeout(timer);
    timer = 0;
    post(settings);
  }

  function post(values) {
    clearTimeout(opening);
    number += 1;
    posted = performance.now();
    send({ number, settings: values, has: header?.holds ?? "", search: searching });
  }

  // The settings as an address: what the server said of it, and what was done since.
  function address() {
    return withSettings(header.address, (query) => {
      for (const [name, value] of Object.entries(settings)) {
        if (name !== "step" && (value === null || value === header.defaults[name])) query.delete(name);
        else query.set(name, value);
      }
    });
  }

  const act = {
    set(at, value) {
      const weights = readWeights(settings.weights, view.count);
      weights[at] = value;
      change({ weights: writeWeights(weights, header.limits.decimals) }, `weight ${at}`);
    },
    trial: (k) => change({ trial: k, sequence: null, step: view.challenge ? firstOf(view.challenge, k) : 0 }),
    write: (text) => change({ sequence: text }, "sequence"),
    choose(step) {
      change({ step });
      voice().later(() => view.says?.() ?? "");
    },
    show(miss) {
      change({ trial: miss.trial, sequence: null, step: miss.step });
      root.querySelector(".tracks").scrollIntoView({ block: "nearest" });
    },
    hint() {
      keep.hinted(settings.challenge, keep.hints(settings.challenge) + 1);
      refresh();
    },
    idea() {
      told = told === settings.challenge ? "" : settings.challenge;
      refresh();
    },
    solution: () => change({ weights: writeWeights(view.challenge.solution, header.limits.decimals) }),
    zeros: () => change({ weights: "" }),
    next() {
      const names = [...header.challenges, header.breaking].map(({ name }) => name);
      go(names[(names.indexOf(settings.challenge) + 1) % names.length]);
      tabs.querySelector("[aria-selected=true]").focus();
    },
    shut: (text) => change({ shut: text }),
    search() {
      searching = true;
      post(settings);
      refresh();
    },
    undo: () => back(past.undo(settings)),
    redo: () => back(past.redo(settings)),
  };

  function back(found) {
    if (!found) return;
    settings = found;
    tellLater();
    refresh();
  }

  const onKey = (event) => {
    const target = event.composedPath()[0];
    const undoing = historyKey(event);
    if (undoing && !target.matches?.("textarea, input[type=number]")) {
      act[undoing]();
      event.preventDefault();
      return;
    }
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by || !view?.steps() || event.ctrlKey || event.metaKey || event.altKey || target.matches?.("input, textarea, select, [role=tab]")) return;
    act.choose(clamp(view.step() + by, view.steps()));
    event.preventDefault();
  };
  document.addEventListener("keydown", onKey, { signal: life.signal });
  leaving({ root, mail: () => ({ flush, posted: () => posted, stop: () => (searching = false), stay() {} }), signal: life.signal });
  const layOut = () => {
    if (root.clientWidth === width) return;
    width = root.clientWidth;
    if (module && header) show();
  };
  const resized = new ResizeObserver(layOut);
  root.addEventListener(LAY_OUT, layOut);
  const goal = () => [...root.querySelectorAll(".goal :is(.task, .state, .first-miss), .at")].map(({ textContent }) => textContent);
  root.addEventListener(SUM_UP, ({ detail }) => Object.assign(detail, { says: goal, alone: true }));
  resized.observe(root);

  function close() {
    flush();
    clearTimeout(opening);
    cancelAnimationFrame(frame);
    life.abort();
    resized.disconnect();
    forget();
    root.remove();
  }
  return { update, close };
}

const same = (a, b) => Object.keys(b).every((name) => a[name] === b[name]);
