// What Streamlit is doing for this browser: it says so on its outermost element.
const app = () => document.querySelector('[data-testid="stApp"]');

// Whether it is running the page, or a part of it.
export function atWork() {
  const { testConnectionState, testScriptState } = app()?.dataset ?? {};
  return testConnectionState === "CONNECTED" && testScriptState === "running";
}

// Whether it has done all that it was asked to do.
export const atRest = () => app()?.dataset.testScriptState === "notRunning";

// tell(): called whenever it begins to run or ends; the observer that does it.
export function onRun(tell) {
  const observer = new MutationObserver(tell);
  if (app()) observer.observe(app(), { attributeFilter: ["data-test-script-state"] });
  return observer;
}
