// A menu with its name in front, of which one is chosen.
import { element, replace } from "../core/dom.js";

export function choice(label, onChoose) {
  const select = element("select");
  let listed = "";
  select.onchange = () => onChoose(select.value);
  return {
    root: element("label", { class: "choice" }, label, select),
    // options: [[value, title]]
    update(options, value) {
      if (listed !== JSON.stringify(options)) {
        listed = JSON.stringify(options);
        replace(select, ...options.map(([name, title]) => element("option", { value: name }, title)));
      }
      select.value = value;
    },
  };
}
