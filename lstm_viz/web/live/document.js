// What a file with a live page does when it is opened: reads its data, and shows the page, or says why it cannot.
import { element } from "../core/dom.js";
import { unpacked } from "./data.js";

// open(header, arrays): shows what the file holds
export async function opened(open) {
  try {
    const { header, arrays } = await unpacked(document.getElementById("data").textContent);
    open(header, arrays);
  } catch (error) {
    // A browser that lacks what was new in 2023, or a file that was cut short on its way.
    document.getElementById("page").replaceChildren(element("p", {}, `This page cannot be shown here: ${error.message ?? error}. A recent Firefox, Chrome, Edge or Safari can, if the file is whole.`));
    console.error(error);
  }
}

// name, build: of a page → where it stands; see saved.js
export const placed = (name, build) => ({ parent: document.getElementById("page"), name, build, shown: tellHeight });

// A notebook gives its frame the height of what is in it; see live_page/notebook.py.
function tellHeight(height) {
  if (window.parent !== window) window.parent.postMessage({ lstmVizHeight: height }, "*");
}
