// Watch it learn: one training or two, drawn as they are several times a second. The server trains and says in words what
// has come of it; the gates are worked out here, with the weights of the moment, on a sequence that the reader types.
import { setAddress } from "../../core/address.js";
import { themeOf } from "../../core/colour.js";
import { element, part, replace } from "../../core/dom.js";
import { unpack } from "../../core/payload.js";
import { LAY_OUT, buildRoot } from "../../core/root.js";
import { SUM_UP } from "../../core/said.js";
import { markTerms } from "../../core/terms.js";
import { followTheme } from "../../core/theme.js";
import { frameOf } from "../../live/frame.js";
import { buildChart } from "../../parts/line_chart.js";
import { buildBar } from "./bar.js";
import { buildLane } from "./lane.js";
import { followTraining } from "./news.js";
import { buildProbe } from "./probe.js";
import { buildPast } from "./past.js";

const REST = 400; // milliseconds after which the server is told which sequence is on show
const views = new WeakMap();

export default ({ parentElement, data, setStateValue }) => {
  if (!views.has(parentElement)) views.set(parentElement, build(parentElement, () => views.delete(parentElement)));
  const view = views.get(parentElement);
  view.update(data, (message) => setStateValue("message", message));
  return view.close;
};

function build(parent, forget) {
  const root = buildRoot("lv-page", "lv-watch");
  const bar = buildBar({ tell, begin, summary });
  const notice = element("p", { class: "notice", role: "status", hidden: "" });
  const look = part("look_for", element("p", { class: "look" }));
  const past = buildPast({ show: (update) => showPast(update), rewind: (update) => tell({ do: "rewind", update }) });
  const probe = buildProbe((text) => probeTyped(text));
  const ahead = element("p", { class: "ahead", hidden: "" });
  const lanes = element("div", { class: "lanes" });
  const charts = part("curves", element("div", { class: "chart-grid" }));
  const claim = part("claims", element("div", { class: "claim", hidden: "" }));
  const links = part("page_link", element("div", { class: "open-on", hidden: "" }));
  const stage = element("div", { class: "stage" }, lanes, charts);
  const dock = element("div", { class: "dock" }, bar.root, past.root);
  root.append(look, dock, ahead, notice, claim, links, probe.root, stage);
  parent.append(root);
  const life = new AbortController();
  const placed = { header: {} };
  const lights = frameOf(root, placed, {});
  let header = null; // what the server said of the page
  let send = () => {};
  let number = 0; // of the last message
  let act = { id: 0 }; // what the server is asked for, once
  let timer = 0;
  let settings = { probe: "", step: 0 };
  let follows = null; // the training that is followed
  let place = ""; // and where it is
  let news = null; // the newest: { header, arrays }
  let told = null; // the newest with charts
  let at = null; // the update on show, of the past; null for now
  let old = null; // its weights
  let shown = []; // the lanes on show, as they were built
  let made = new Map(); // chart → its figure
  let frame = 0;
  let width = 0;
  let frames = 0;
  let lost = "";
  let refused = "";

  function update(bytes, say) {
    send = say;
    const { header: now, arrays } = unpack(bytes);
    const first = !header;
    header = { ...header, ...now };
    if (first) {
      number = header.received;
      act.id = header.done;
    }
    if (first || (!timer && header.received === number)) settings = { ...settings, ...header.settings };
    setAddress(header.address, root);
    follow();
    if (!unanswered()) follows?.wake();
    if (header.news) hear({ header: header.news, arrays });
    refresh();
  }

  // Another training than the one that was followed, or none.
  function follow() {
    const { training } = header;
    if (training.secret === place) return;
    place = training.secret;
    follows?.stop();
    follows = null;
    news = told = old = at = null;
    shown = []; // their networks are not those that news may come of before the new ones are here
    refused = lost = "";
    load(training);
    if (!training.address) return;
    follows = followTraining({
      app: document.baseURI,
      place: training.address,
      heard: hear,
      lost(sentence) {
        lost = sentence || header.words.lost;
        refresh();
      },
      gone(sentence) {
        lost = sentence;
        refresh();
      },
    });
  }

  // What the lanes need besides weights: the compiled cells.
  async function load({ lanes: listed, secret }) {
    const modules = await Promise.all(listed.map(({ network, cellText }) => import(cellText ? URL.createObjectURL(new Blob([cellText], { type: "text/javascript" })) : new URL(network.cell, document.baseURI).href)));
    if (secret !== place) return;
    shown = listed.map((each, k) => ({ ...buildLane((step) => choose(step)), told: { ...each, module: modules[k] } }));
    replace(lanes, ...shown.map(({ root: node }) => node));
    stage.dataset.lanes = listed.length;
    refresh();
  }

  function hear(found) {
    lost = "";
    const before = news?.header.state;
    news = found;
    if (found.header.charts) told = found;
    else if (told) news = { header: { ...told.header, ...found.header, lanes: found.header.lanes }, arrays: told.arrays };
    // The server's page has more to say once a training stands.
    if (before && before !== found.header.state && !found.header.goesOn) ask("stands");
    refresh();
  }

  function refresh() {
    if (frame) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      draw();
    });
  }

  function draw() {
    if (!header) return;
    followTheme(header.frame.theme, root);
    root.dataset.theme = themeOf(root);
    root.style.setProperty("--muted", header.muted[root.dataset.theme]);
    const now = news?.header;
    const stands = now?.state ?? "waiting";
    const done = Math.max(0, ...(now?.lanes ?? []).map(({ update: each }) => each));
    const { training } = header;
    bar.update({
      stands: stands === "paused" && !done ? "ready" : stands,
      status: lost || (now?.status ?? ""),
      rate: now?.rate ?? header.rates[0], rates: now?.rates ?? header.rates, done, own: training.own, free: Boolean(now) && !lost,
    });
    root.dataset.state = stands;
    root.dataset.update = done;
    notice.textContent = [refused, header.problem, training.own ? "" : header.words.changed, now?.said].filter(Boolean).join(" ");
    notice.hidden = !notice.textContent;
    look.textContent = header.lookFor;
    look.hidden = !header.lookFor;
    drawClaim(now);
    probe.update({ ...header.probe, text: settings.probe });
    if (now) drawNews();
    placed.header = {};
    lights.fold({ settings: { hide: header.hide }, frame: header.frame });
    lights.light({ frame: header.frame });
    frames += 1;
    root.dataset.painted = String(frames);
    if (frames === 1) markTerms(root, header.glossary);
  }

  function drawNews() {
    const now = news.header;
    const theme = root.dataset.theme;
    // Kept states come from the training's own addresses.
    if (follows) past.update({ past: now.past, at, theme, colours: now.themes[theme] });
    else past.root.hidden = true;
    const source = at === null ? told : old;
    if (!source || !shown.length) return;
    ahead.textContent = at === null ? now.ahead : "";
    ahead.hidden = !ahead.textContent;
    const limits = shown.map((lane, k) => {
      const { told: what } = lane;
      lane.take({ network: what.network, words: what.words, module: what.module, vocabulary: what.vocabulary }, weightsIn(source.arrays, k));
      return lane.read({
        settings: { text: settings.probe, before: null, layer: header.layer, direction: "forward", step: settings.step, unit: 0, own_scale: false },
        name: what.name, status: at === null ? now.lanes[k].status : header.words.then.replace("{update}", source.header.lanes[k].update),
        said: saidOf((at === null ? now : source.header).lanes[k]),
      });
    });
    const shared = widest(limits);
    for (const { draw: drawLane, told: what } of shown) drawLane({ colours: what.themes[theme], limits: shared });
    lineUp();
    root.dataset.lives = String(Number(root.dataset.lives ?? 0) + 1);
    drawCharts(theme);
  }

  // Sentences of two networks are of different lengths; what stands below them stays beside its like.
  function lineUp() {
    if (shown.length < 2) return;
    const [left, right] = shown.map(({ root: node }) => [...node.querySelectorAll(".caption")]);
    const said = [root.clientWidth, ...[...left, ...right].map(({ textContent }) => textContent)].join("\n");
    if (stage.dataset.said === said) return;
    stage.dataset.said = said;
    const pairs = left.slice(0, right.length).map((each, k) => [each, right[k]]).filter((pair) => pair.some(({ textContent }) => textContent));
    for (const each of pairs.flat()) each.style.minHeight = "";
    const heights = pairs.map((pair) => Math.max(...pair.map(({ offsetHeight }) => offsetHeight)));
    pairs.forEach((pair, k) => pair.forEach((each) => (each.style.minHeight = heights[k] ? `${heights[k]}px` : "")));
  }

  // Of another sequence than the one on show there is nothing to say yet.
  const saidOf = ({ said }) => (said.probe === settings.probe ? said.captions : {});

  function drawCharts(theme) {
    const specs = told.header.charts;
    const names = specs.map(({ name }) => name);
    if (names.join() !== [...made.keys()].join()) {
      made = new Map(names.map((name) => [name, made.get(name) ?? buildChart((index, spec) => made.get(spec.name).show(index))]));
      replace(charts, ...[...made.values()].map((chart) => chart.root));
    }
    for (const spec of specs) {
      const marked = at === null || !spec.over ? spec.marks : [{ x: old.header.lanes[0].update, label: "on show" }];
      made.get(spec.name).update({ ...spec, marks: marked }, told.arrays, told.header.themes[theme]);
    }
  }

  function drawClaim(now) {
    const found = now && !now.goesOn ? header.claim : null;
    claim.hidden = !found;
    if (found && claim.textContent !== found.sentence) replace(claim, element("strong", {}, found.holds ? "✓ " : "✗ ", found.title, " "), element("span", {}, found.sentence));
    claim.dataset.holds = String(Boolean(found?.holds));
    const offered = now && !now.goesOn ? header.open ?? [] : [];
    links.hidden = !offered.length;
    const wanted = JSON.stringify(offered);
    if (links.dataset.of === wanted) return;
    links.dataset.of = wanted;
    replace(links, ...offered.map(({ title, pages, lane }) => {
      const buttons = pages.map(([page, name]) => {
        const button = element("button", { type: "button", class: "chip" }, name);
        button.onclick = () => ask("open", { lane, page });
        return button;
      });
      const save = follows ? [element("a", { href: follows.fileOf(lane), download: "", class: "chip" }, header.words.save)] : [];
      return element("p", { class: "offer" }, element("span", { class: "lead" }, title), ...buttons, ...save);
    }));
  }

  async function showPast(update) {
    at = update;
    if (update === null) old = null;
    else {
      try {
        const found = follows ? await follows.state(update) : null;
        if (at === update && found) old = found;
      } catch {
        refused = header.words.lost;
      }
    }
    refresh();
  }

  async function tell(what) {
    if (what.do === "rewind" || what.do === "go on") showPast(null);
    refused = follows ? await follows.tell(what) : "";
    if (!follows) ask("steer", what);
    refresh();
  }

  // The training that there was is given back, so nothing is asked of it until the server has answered.
  function begin() {
    if (unanswered()) return;
    follows?.rest();
    ask("begin");
  }

  const unanswered = () => act.what === "begin" && header.done < act.id;

  function summary() {
    return [news?.header.status, news?.header.ahead, ...(told?.header.charts ?? []).map(({ caption }) => caption.split(". ")[0])].filter(Boolean).join(" ");
  }

  function ask(what, more = {}) {
    act = { id: act.id + 1, what, ...more };
    flush();
  }

  function choose(step) {
    settings = { ...settings, step };
    later();
    refresh();
  }

  function probeTyped(text) {
    settings = { ...settings, probe: text };
    later();
    refresh();
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(flush, REST);
  }

  function flush() {
    clearTimeout(timer);
    timer = 0;
    number += 1;
    send({ number, settings: { probe: settings.probe, step: settings.step }, act });
  }

  const layOut = ({ detail } = {}) => {
    if (root.clientWidth === width && !detail?.anew) return;
    width = root.clientWidth;
    refresh();
  };
  const resized = new ResizeObserver(layOut);
  root.addEventListener(LAY_OUT, (event) => {
    layOut(event);
    if (header) draw();
  });
  resized.observe(root);
  root.addEventListener(SUM_UP, ({ detail }) => Object.assign(detail, { says: () => [summary()], alone: true }));
  const seen = () => document.hidden || unanswered() || follows?.ask();
  document.addEventListener("visibilitychange", seen, { signal: life.signal });

  function close() {
    if (timer) flush();
    follows?.stop();
    cancelAnimationFrame(frame);
    life.abort();
    resized.disconnect();
    forget();
    root.remove();
  }
  return { update, close };
}

// Scales that hold what either shows, for two that are compared.
function widest(limits) {
  const found = {};
  for (const [name, [low, high]] of limits.flatMap(Object.entries)) {
    const [least, most] = found[name] ?? [low, high];
    found[name] = [Math.min(least, low), Math.max(most, high)];
  }
  return found;
}

// The weights of one lane, by PyTorch's names.
function weightsIn(arrays, lane) {
  const before = `${lane}.weight.`;
  return new Map(Object.entries(arrays).filter(([name]) => name.startsWith(before)).map(([name, array]) => [name.slice(before.length), array]));
}
