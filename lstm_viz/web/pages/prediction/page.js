// A prediction as a component: what is asked, and what is so once the server says it.
import { themeOf } from "../../core/colour.js";
import { buildRoot } from "../../core/root.js";
import { buildPrediction } from "../../parts/predict/predict.js";

const views = new WeakMap();

export default function predictionView({ parentElement, data, setStateValue }) {
  if (!views.has(parentElement)) views.set(parentElement, build(parentElement));
  const view = views.get(parentElement);
  view.update(data, setStateValue);
  return view.close;
}

function build(parent) {
  const root = buildRoot("lv-prediction");
  let [told, send, sent] = [null, null, 0];
  const widget = buildPrediction({
    // Two questions may be answered with the same number: what is sent says to which it belongs.
    onSubmit: (prediction) => send("submitted", { question: told.question, prediction, count: ++sent }),
  });
  root.append(widget.root);
  parent.append(root);
  return {
    update(data, setStateValue) {
      [told, send] = [data, setStateValue];
      const theme = themeOf(root);
      root.style.setProperty("--muted", told.themes[theme].muted);
      widget.update({ ...told, theme });
      root.dataset.painted = "yes";
    },
    close() {
      views.delete(parent);
      root.remove();
    },
  };
}
