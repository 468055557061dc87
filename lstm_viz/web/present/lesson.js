// A lesson in presenter mode: one paragraph at a time, then the question, then what is so, then what is said of it; then
// the next step. What Streamlit has drawn of a step is hidden and shown, nothing is made anew.
const STAGE = ".st-key-lv_lesson_stage";
const VIEW = ".st-key-lv_lesson_view";
const END = ".st-key-lv_lesson_end";
const ASKED = ".st-key-lv_lesson_prediction";
const ROOM = ".st-key-lv_room"; // that is or could be asked; after its reveal it stands in the question's place
const REVEAL = ".st-key-lv_lesson_skip button"; // there for as long as the answer is not to be seen
const AGAIN = ".st-key-lv_lesson_again"; // what is said of a question stands before it, the view after it
const CONTAINER = "[data-testid=stElementContainer]";

export const lessonShown = () => Boolean(document.querySelector(`${STAGE}, ${END}`));

export function buildLesson() {
  let at = 0;
  let step = "";
  let fromBehind = false; // whether the reader came back to this step

  // What of a step is said one after the other, as Streamlit's containers.
  function beats() {
    const stage = document.querySelector(STAGE);
    if (!stage) return [];
    const texts = [...stage.querySelectorAll(`.st-key-lv_lesson_text ${CONTAINER}:has(> [data-testid=stMarkdown])`)];
    const question = stage.querySelector(ASKED) ?? stage.querySelector(ROOM);
    const over = question?.parentElement.querySelector(`:scope > ${AGAIN}`);
    const after = (node) => question?.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING;
    const before = (node) => over?.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING;
    const said = question ? [...question.parentElement.children].filter((node) => after(node) && before(node) && node.querySelector(":scope > [data-testid=stMarkdown]")) : [];
    return [...texts, ...(question ? [question] : []), ...said];
  }

  // Shows one of them alone. number: of the step
  function lay(number) {
    const all = beats();
    if (number !== step) [at, step, fromBehind] = [fromBehind ? Infinity : 0, number, false];
    at = Math.max(0, Math.min(at, all.length - 1));
    all.forEach((node, k) => {
      node.dataset.beat = k;
      node.toggleAttribute("data-off", k !== at);
    });
    const asked = all[at]?.matches(`${ASKED}, ${ROOM}`);
    const room = document.querySelector(`${STAGE} ${ROOM}`);
    if (room && !all.includes(room)) room.toggleAttribute("data-off", !asked);
    // A curve that was drawn has its answer over it, and the screen to itself.
    const drawn = asked && within(all[at], ".draw-curve");
    document.querySelector(VIEW)?.toggleAttribute("data-drawn", Boolean(drawn));
    return at;
  }

  // On or back within the step → whether it had more to say.
  function move(by) {
    const all = beats();
    // A room that was asked is shown the answer as well.
    const reveal = within(document.querySelector(`${STAGE} ${ROOM}`), ".open:not([hidden]) .reveal:not([hidden])") ?? document.querySelector(REVEAL);
    if (by > 0 && reveal && all[at]?.matches(ASKED)) reveal.click();
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
      for (const node of [...beats(), ...document.querySelectorAll(`${STAGE} ${ROOM}`)]) node.removeAttribute("data-off");
      document.querySelector(VIEW)?.removeAttribute("data-drawn");
      step = "";
    },
  };
}

// What matches in a component, which has a tree of its own.
function within(container, selector) {
  return container?.querySelector("[data-testid=stBidiComponentIsolated]")?.shadowRoot?.querySelector(selector) ?? null;
}
