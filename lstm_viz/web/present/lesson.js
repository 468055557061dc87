// A lesson in presenter mode: one paragraph at a time, then the question, then what is so, then what is said of it; then
// the next step. What Streamlit has drawn of a step is hidden and shown, nothing is made anew.
const STAGE = ".st-key-lv_lesson_stage";
const END = ".st-key-lv_lesson_end";
const VIEW = ".st-key-lv_lesson_view";
const ASKING = ".st-key-lv_lesson_asking"; // what of the view is the question and what is said of it
const ASKED = ".st-key-lv_lesson_prediction";
const ROOM = ".st-key-lv_room"; // the lecturer's part of a show of hands
const SKIP = ".st-key-lv_lesson_skip button"; // there for as long as the answer is not to be seen
const TEXT = "[data-testid=stElementContainer]:has(> [data-testid=stMarkdown])";

export const lessonShown = () => Boolean(document.querySelector(`${STAGE}, ${END}`));

export function buildLesson() {
  let at = 0;
  let step = "";
  let fromBehind = false; // whether the reader came back to this step

  // What of a step is said one after the other: paragraphs, the question, what is said after it. Each is a list of
  // Streamlit's containers.
  function beats() {
    const stage = document.querySelector(STAGE);
    if (!stage) return [];
    const texts = [...stage.querySelectorAll(`.st-key-lv_lesson_text ${TEXT}`)];
    const question = [...stage.querySelectorAll(`${ASKING} > :is(${ROOM}, ${ASKED})`)];
    // For a moment after the answer, the room's part still stands behind what is said of it.
    const beside = [...(question[0]?.parentElement.children ?? [])];
    const said = beside.slice(beside.indexOf(question[0])).filter((node) => node.matches(TEXT));
    return [...texts.map((node) => [node]), ...(question.length ? [question] : []), ...said.map((node) => [node])];
  }

  // Shows one of them alone. number: of the step
  function lay(number) {
    const all = beats();
    if (number !== step) [at, step, fromBehind] = [fromBehind ? Infinity : 0, number, false];
    at = Math.max(0, Math.min(at, all.length - 1));
    all.forEach((nodes, k) => {
      for (const node of nodes) {
        node.dataset.beat = k;
        // While a room is asked, its code and its answers are what is looked at.
        node.toggleAttribute("data-off", k !== at || (node.matches(ASKED) && nodes.some((other) => within(other, ".open:not([hidden])"))));
      }
    });
    // A curve that was drawn has its answer over it, and a room its answers; both have the screen to themselves.
    const alone = all[at]?.some((node) => within(node, ".draw-curve, .open:not([hidden])"));
    document.querySelector(VIEW)?.toggleAttribute("data-alone", Boolean(alone));
    return at;
  }

  // On or back within the step → whether it had more to say.
  function move(by) {
    const all = beats();
    const question = (all[at] ?? []).filter((node) => node.matches(`${ROOM}, ${ASKED}`));
    const reveal = question.map((node) => within(node, ".reveal:not(:disabled)")).find((button) => button?.checkVisibility()) ?? document.querySelector(SKIP);
    if (by > 0 && question.length && reveal) reveal.click();
    else if (all[at + by]) at += by;
    else {
      fromBehind = by < 0;
      return false;
    }
    return true;
  }
  return {
    lay,
    move,
    close() {
      for (const node of beats().flat()) node.removeAttribute("data-off");
      document.querySelector(VIEW)?.removeAttribute("data-alone");
      step = "";
    },
  };
}

// Something within a component.
function within(container, selector) {
  return container.querySelector("[data-testid=stBidiComponentIsolated]")?.shadowRoot?.querySelector(selector) ?? null;
}
