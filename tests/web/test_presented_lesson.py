"""What of a lesson's step comes after what, in presenter mode, while Streamlit is still drawing it."""

from tests.web.in_page import InPage

STEP = """
<div class="st-key-lv_lesson_stage">
  <div class="st-key-lv_lesson_text">
    <div data-testid="stElementContainer" id="words"><div data-testid="stMarkdown">Words</div></div>
  </div>
  <div class="st-key-lv_lesson_view">
    <div class="st-key-lv_lesson_asking">
      <div class="st-key-lv_lesson_prediction" id="question"></div>
      <div data-testid="stElementContainer" id="after"><div data-testid="stMarkdown">What is so</div></div>
      <div class="st-key-lv_room" id="room"></div>
    </div>
    <div><div data-testid="stElementContainer" id="below"><div data-testid="stMarkdown">Of the view</div></div></div>
  </div>
</div>
"""

WALK = """async (step) => {
  const { buildLesson } = await import("/lstm_viz/web/present/lesson.js");
  const before = document.body.innerHTML;
  document.body.innerHTML = step;
  try {
    const lesson = buildLesson(), seen = [];
    do {
      lesson.lay("7");
      seen.push([...document.querySelectorAll("[data-beat]:not([data-off])")].map((node) => node.id));
    } while (lesson.move(1));
    return seen;
  } finally {
    document.body.innerHTML = before;
  }
}"""


def test_what_is_said_of_the_answer_comes_next_though_the_room_s_part_still_stands_behind_it(in_page: InPage) -> None:
    assert in_page.evaluate(WALK, STEP) == [["words"], ["question", "room"], ["after"]]
