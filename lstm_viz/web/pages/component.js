// A page as Streamlit's component, from its files: its module and its sheet are fetched before anything is shown, so that
// nothing is ever seen without its looks.
//
// Streamlit calls a component at every change of its data, and calls what that returned when the component goes. A call
// that had to wait for the files while the data changed it ends at once: only the newest call's end is the component's.

const NEWEST = Symbol.for("the newest call of a component of LSTM Viz"); // known to the files of every version

// name: of a folder beside this file → what to call at every change of the data; rejects where a file cannot be had
export async function component(name) {
  const [page, sheet] = await Promise.all([import(`./${name}/page.js`), fetchSheet(`./${name}/sheets.css`)]);
  return (args) => {
    const place = args.parentElement;
    // Where the server was started anew with other files, what the old ones have drawn makes room.
    if (place[NEWEST] && place[NEWEST].page !== page) place[NEWEST].close();
    place.getRootNode().adoptedStyleSheets = [sheet];
    const call = { page, close: page.default(args) };
    place[NEWEST] = call;
    return () => place[NEWEST] === call && call.close();
  };
}

async function fetchSheet(path) {
  const answer = await fetch(new URL(path, import.meta.url));
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  return new CSSStyleSheet().replace(await answer.text());
}
