"""Where the browser makes a page's numbers: in the page where that is quick, else in a worker; the same numbers."""

from typing import Any

from lstm_viz.sources import shipped
from lstm_viz.ui.pages.gates.view import gates_numbers
from lstm_viz.ui.settings.settings import Settings
from lstm_viz.ui.views.envelope import settings
from lstm_viz.ui.views.view import View
from tests.web.in_page import InPage, assert_same_numbers, unpacked

SHORT = "a warm and funny film"
LONG = "a warm and funny film, but not a good one. " * 90
ASK = """async ({ about, settings, short, long, broken }) => {
  const { calculator } = await import("/lstm_viz/web/network/calculator.js");
  const { packed } = await import("/tests/web/in_page.js");
  const engine = calculator("gates", broken ? () => false : undefined);
  const networks = { it: about };
  await engine.load(networks);
  const answered = [];
  const ask = (text) => new Promise((done) => {
    let soon = true;
    engine.ask("numbers", { networks, shown: "it", settings: { ...settings, text } }, (error, made) => {
      const { header, arrays, where } = made ?? {};
      answered.push({ text, error: error && String(error), soon, where, header, arrays: arrays && packed(arrays) });
      done();
    });
    soon = false;
  });
  await ask(short);
  // Until the worker is there, what does not take all too long is made here.
  for (let k = 0; k < 200 && answered.at(-1).where !== "worker" && !broken; k++) {
    await ask(long + " so".repeat(k % 3));
    await new Promise((done) => setTimeout(done, 20));
  }
  const before = answered.length;
  // From here on what is made in the page takes no time: how busy the machine is would have the next made elsewhere.
  const clock = performance.now;
  performance.now = () => 0;
  ask(long + " one");
  ask(long + " two");
  await ask(long + " three");
  await ask(short);
  ask(long + " one");
  await ask(short);
  performance.now = clock;
  engine.close();
  return [answered.slice(0, before), answered.slice(before)];
}"""


def asked(in_page: InPage, *, broken: bool = False) -> list[list[dict[str, Any]]]:
    """What a calculator answers until it has a worker, and after that."""
    source = shipped("sentiment", "lstm")
    plain = settings(View(source, Settings()))
    about = in_page.about(source)
    found = in_page.evaluate(ASK, {"about": about, "settings": plain, "short": SHORT, "long": LONG, "broken": broken})
    return list(found)


def same(answer: dict[str, Any]) -> None:
    arrays = {name: unpacked(array) for name, array in answer["arrays"].items()}
    view = View(shipped("sentiment", "lstm"), Settings(text=answer["text"]))
    assert_same_numbers(gates_numbers(view), (answer["header"], arrays))


def test_what_takes_long_is_made_in_a_worker_and_only_the_newest_of_it(in_page: InPage) -> None:
    before, after = asked(in_page)
    assert (before[0]["text"], before[0]["where"], before[0]["soon"]) == (SHORT, "here", True)
    assert before[-1]["where"] == "worker"
    assert not before[-1]["soon"]
    assert [(each["text"].removeprefix(LONG), each["where"]) for each in after[:3]] == [
        (" three", "worker"),
        (SHORT, "here"),
        (SHORT, "here"),
    ]
    for answer in (before[0], before[-1], *after[:2]):
        same(answer)


def test_without_a_worker_all_is_made_in_the_page(in_page: InPage) -> None:
    _, after = asked(in_page, broken=True)
    assert [each["text"].removeprefix(LONG) for each in after[:4]] == [" one", " two", " three", SHORT]
    assert {each["where"] for each in after[:4]} == {"here"}
    same(after[2])
