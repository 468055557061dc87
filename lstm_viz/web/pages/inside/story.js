// What happens in a step, in sentences with this step's numbers; the words are the cell definition's.
import { number } from "../../core/format.js";

// answer: what is read after the step, see page.js; null where nothing is
export function buildStory(page, read, place, answer) {
  const { lines, parts, quantities } = page;
  const [before, arriving] = [read.size("hidden_state-"), read.size("inputs")];
  const label = (name) => quantities.find((each) => each.name === name)?.label.toLowerCase() ?? name;
  const told = (stage) => {
    const line = lines.find(({ quantity }) => quantity === parts.find(({ key }) => key === stage.ends[0]).owner);
    return stage.says.replace(/<([^>]+)>/g, (_, name) => number(read.value(name), decimals(line, name, read)));
  };
  return page.stages.map((stage, k) => {
    if (stage.name === "answer") return answer.says;
    if (stage.says) return told(stage);
    if (k) {
      const each = stage.ends.map((name) => `${label(name)} ${number(read.value(name), 3)}`);
      return `Every box weighs the ${before + arriving} numbers anew: ${each.join(", ")}.${page.also}`;
    }
    return `${place}: the ${before} numbers of the last hidden state and the ${arriving} of the input are joined into one list of ${before + arriving}.`;
  });
}

// As many as the line shows the same number with, so that the sentence is right as shown.
function decimals(line, name, read) {
  if (name === line.quantity) return read.digits(name, line.stages.length);
  const stage = line.stages.findIndex((tokens) => tokens.some(([kind, key]) => kind !== "text" && key === name));
  return read.digits(line.quantity, Math.max(0, stage));
}
