// What is typed to go to a unit.
import { unitTyped } from "../../lstm_viz/web/parts/unit_field.js";
import { same, test } from "./testing.js";

test("a unit that there is is gone to, the last one for a number past it, and none for what is no number", () => {
  same(unitTyped(" 9 ", 12), { unit: 9, problem: "" });
  same(unitTyped("unit 0", 12), { unit: 0, problem: "" });
  same(unitTyped("12", 12), { unit: 11, problem: "There is no unit 12: the last is 11." });
  same(unitTyped("9".repeat(40), 12), { unit: 11, problem: `There is no unit ${"9".repeat(12)}…: the last is 11.` });
  for (const text of ["-1", "1.5", "nine", "1e3", "<b>", "٣"]) {
    same(unitTyped(text, 12), { unit: null, problem: `“${text}” is not the number of a unit: type one from 0 to 11.` });
  }
});
