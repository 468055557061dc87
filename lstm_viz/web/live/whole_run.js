// Has Streamlit run the page's whole script. A server that was started anew knows no part of it yet, so that it passes
// over a message, which asks for a part; and after a connection was lost, Streamlit does not always ask by itself.

const KEY = { key: "r", code: "KeyR", keyCode: 82, which: 82, bubbles: true }; // Streamlit's own, for any reader

export function askForWholeRun() {
  for (const kind of ["keydown", "keyup"]) document.body.dispatchEvent(new KeyboardEvent(kind, KEY));
}
