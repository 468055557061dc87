// The numbers that the browser makes itself, where it runs the networks that the server tells of. Where it cannot, or
// where PyTorch says otherwise, the server's are shown.
import { calculator } from "../network/calculator.js";

export const TRUSTED = 1e-5; // the largest difference from PyTorch's hidden states with which they are shown
const AGAIN = 30000; // milliseconds after which weights that did not arrive are asked for again

// page: the name of its folder; hooks: ready() is called when networks have become able to run, failed() when one no
// longer is; a page that takes another's place puts its own there
export function ownNumbers(page, hooks, { make = calculator, now = () => performance.now() } = {}) {
  const engine = make(page);
  let offered = ""; // the digest of the networks that the server told of last
  let held = ""; // of those that run here
  let refused = ""; // of those whose numbers are not shown
  let shown = "";
  let networks = {};
  let tried = -AGAIN;
  let [asked, whole] = ["", ""]; // what was asked for last, and what is here: a digest, and whether with states through training
  let pending = ""; // the part that is being worked out
  const able = ({ checkpoint = null } = {}) => held !== "" && held === offered && held !== refused && engine.ready(networks, checkpoint);

  function give(error, digest) {
    if (error) console.warn(`the server's numbers are shown: ${error.message ?? error}`);
    refused = digest;
    hooks.failed();
  }
  return {
    // Whether what settings ask for is counted here.
    able,
    // What the server is told: which networks it need not count for.
    runs: (settings) => (able(settings) ? held : ""),
    source: ({ checkpoint = null } = {}) => engine.source(networks[shown], checkpoint),
    // Takes note of what the server tells of; what ran until now no longer counts where that is something else.
    offer(header) {
      const digest = header.parts?.networks;
      if (!digest) return;
      if (digest !== offered) [tried, asked] = [-AGAIN, ""];
      // A server whose files cannot be had tells of none, as it does of a network that is too large to run here.
      [offered, networks, shown] = [digest, atHand(header.networks ?? {}), header.shown];
    },
    // settings: on show, or about to be; those through training are fetched once they are asked for
    load({ checkpoint = null, timeline = false } = {}) {
      const digest = offered;
      const states = checkpoint !== null || timeline;
      const wanted = `${digest} ${states}`;
      if ([wanted, `${digest} true`].includes(whole) || !networks[shown] || (wanted === asked && now() - tried < AGAIN)) return;
      [tried, asked] = [now(), wanted];
      engine.load(networks, { states }).then(
        () => {
          if (offered !== digest) return;
          [held, whole] = [digest, wanted];
          hooks.ready();
        },
        () => {}, // the server's numbers serve
      );
    },
    // part: "numbers", or "chosen" for what follows the chosen step and unit; done(part, { header, arrays })
    ask(part, settings, done) {
      const digest = held;
      // An answer to less would be taken for one to all.
      const wanted = pending === "numbers" ? "numbers" : part;
      pending = wanted;
      engine.ask(wanted, { networks, shown, settings }, (error, made) => {
        if (pending === wanted) pending = "";
        if (digest !== held || !able()) return;
        if (error) give(error, digest);
        else done(wanted, made);
      });
    },
    // How far the hidden states are from those of PyTorch that a message brings; done({ most, seen, of, trusted })
    compare(check, arrays, settings, done) {
      if (!Object.keys(check).length) return;
      const digest = held;
      engine.ask("check", { networks, shown, settings, check, arrays }, (error, found) => {
        if (digest !== held || !able()) return;
        if (error) return give(error, digest);
        const trusted = found.most <= TRUSTED;
        done({ ...found, trusted });
        if (!trusted) give(`they differ by ${found.most}`, digest);
      });
    },
    close: () => engine.close(),
  };
}

// Networks with the addresses of their files, which are told from the app's own on, as anyone may use them.
function atHand(networks) {
  const at = (address) => address && new URL(address, document.baseURI).href;
  return Object.fromEntries(Object.entries(networks).map(([key, about]) => [
    key,
    { ...about, cell: at(about.cell), weights: at(about.weights), vocabulary: at(about.vocabulary), states: about.states && { ...about.states, file: at(about.states.file) } },
  ]));
}
