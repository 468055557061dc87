// A file with a recorded run, made by live_page/notebook.py.
import { opened, placed } from "./document.js";
import { recorded } from "./recorded.js";
import { openSaved } from "./saved.js";

// name, build: of a page
export function openRecorded(name, build) {
  return opened(({ settings, words, run }, arrays) => openSaved({ ...placed(name, build), settings, words, counting: recorded(run, arrays) }));
}
