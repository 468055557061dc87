"""The content security policy holds in a browser, and what it stops is an error, on which every browser test fails."""

from typing import Any

from playwright.sync_api import Browser

TRY = """async () => {
  const stopped = [];
  const moment = () => new Promise((done) => setTimeout(done, 10));
  addEventListener("securitypolicyviolation", ({ effectiveDirective }) => stopped.push(effectiveDirective));
  const put = (name, values) => {
    const made = Object.assign(document.createElement(name), values);
    document.body.append(made);
  };
  put("script", { textContent: "window.ran = true" });
  put("script", { src: "data:text/javascript,window.ran = true" });
  put("img", { src: "https://elsewhere.example/a.png" });
  put("iframe", { src: "https://elsewhere.example/" });
  await fetch("https://elsewhere.example/").catch(() => {});
  await moment();  // what runs straight from here is let run anything
  try { window.ran ||= new Function("return true")(); } catch {}
  for (let turns = 0; stopped.length < 6 && turns < 1000; turns++) await moment();
  return { stopped: stopped.sort(), ran: Boolean(window.ran) };
}"""


def test_scripts_in_text_and_other_sites_are_stopped_and_each_is_an_error(browser: Browser, app_url: str) -> None:
    page = browser.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(f"{app_url}/_stcore/health")  # has the headers of all answers, and takes no time
    found: Any = page.evaluate(TRY)
    page.close()
    assert found["ran"] is False
    assert found["stopped"] == [
        "connect-src",
        "frame-src",
        "img-src",
        "script-src",
        "script-src-elem",
        "script-src-elem",
    ]
    assert sum("Content Security Policy" in error for error in errors) >= 5, errors
