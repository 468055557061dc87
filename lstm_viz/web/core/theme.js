// Light or dark as the link fixes it. Streamlit takes it from an address of its own making (see ui/bridge/themed.py); where
// nothing has put that into the address, or another colour is chosen on the page, the page is loaded with it.
import { addressWith } from "./address.js";
import { themeOf } from "./colour.js";

const OPTIONS = "embed_options";
const opened = new URLSearchParams(globalThis.location?.search ?? "").getAll(OPTIONS);
let chosen = null; // what the page was last told of

// wanted: "light", "dark", or "" for what the browser asks for; root: of a component, by which one sees what it is
export function followTheme(wanted, root) {
  const before = chosen ?? wanted;
  chosen = wanted;
  // Where an address that asks for it did not bring it, asking again does not either.
  const missing = wanted && themeOf(root) !== wanted && !(before === wanted && opened.includes(`${wanted}_theme`));
  if (missing || wanted !== before) window.location.replace(addressWith((query) => {
    const others = query.getAll(OPTIONS).filter((each) => !each.endsWith("_theme"));
    query.delete(OPTIONS);
    for (const each of [...others, ...(wanted ? [`${wanted}_theme`] : [])]) query.append(OPTIONS, each);
  }));
}
