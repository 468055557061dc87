"""The floor of the live path: a bare Streamlit app whose one component shows what the server received."""

import streamlit as st

HTML = '<div class="lv-page"><textarea class="lv-editor" rows="6" cols="80"></textarea><pre></pre></div>'
JS = """
export default function ({ parentElement, data, setStateValue }) {
  const root = parentElement.querySelector(".lv-page");
  const editor = root.querySelector("textarea");
  editor.oninput = () => {
    root.edits = (root.edits ?? 0) + 1;
    setStateValue("typed", { edit: root.edits, text: editor.value });
  };
  root.querySelector("pre").textContent = data.text;
  root.dataset.painted = data.edit;
}
"""

echo = st.components.v2.component("echo", html=HTML, js=JS)
typed = st.session_state.get("echo", {}).get("typed") or {"edit": 0, "text": ""}
echo(key="echo", data=typed, on_typed_change=lambda: None)
