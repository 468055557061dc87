"""Settings survive links and files, and whatever comes in by either gives a valid view and says what was ignored."""

import ast
import base64
import json
import tracemalloc
import zlib
from dataclasses import fields, replace
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_viz import arguments
from lstm_viz.cells import CELLS
from lstm_viz.ui.settings import holds
from lstm_viz.ui.settings.kinds import (
    MOST_NAMES,
    NUMBER_LIMIT,
    TEXT_LIMIT,
    Choice,
    Clamps,
    Flag,
    Integer,
    Name,
    Names,
    Number,
    Numbers,
    Optional,
    Spoken,
    Text,
    quoted,
)
from lstm_viz.ui.settings.link import (
    FILE_LIMIT,
    FORMAT,
    IGNORED_LIMIT,
    LINK_LIMIT,
    PACKED,
    READABLE,
    from_file,
    from_query,
    link,
    pack,
    to_file,
    to_query,
    unpack,
)
from lstm_viz.ui.settings.settings import DEFAULTS, KINDS, Settings, nearest_settings
from lstm_viz.ui.settings.shared import NAMED_BY
from lstm_viz.ui.settings.written import Written

# Any code point, control characters and halves of surrogate pairs included; sometimes far more than a link holds.
any_text = st.text(st.characters() | st.characters(categories=["Cc", "Cs"]), max_size=40)
texts = st.none() | any_text | st.builds(lambda text, times: text * times, any_text, st.integers(1, 400))


def values_of(kind):
    """Any valid value of a kind of setting."""
    if isinstance(kind, Choice):
        return st.sampled_from(kind.names)
    if isinstance(kind, Number):
        return st.integers(int(kind.low), int(kind.high)) if kind.whole else st.floats(kind.low, kind.high)
    if isinstance(kind, Names):
        return st.lists(st.sampled_from(kind.names), max_size=4, unique=True).map(tuple)
    clamps = st.sampled_from(["", "forget_gate 1", "input_gate mean u3.5-8 t4~candidate -0.5 t0-7"])
    found = {
        Clamps: clamps,
        Integer: st.integers(0, NUMBER_LIMIT),
        Optional: st.none() | st.integers(0, NUMBER_LIMIT),
        Flag: st.booleans(),
        Spoken: st.booleans(),
        Text: texts,
        Name: any_text,
        Written: st.sampled_from(["", "task-parity~units-16", "units-3~rates-300x0.001"]),
        Numbers: st.sampled_from(["", "0_-2.5_10", "_".join(["-20"] * 16), "0.125"]),
    }
    return found[type(kind)]


anything = st.builds(Settings, **{name: values_of(kind) for name, kind in KINDS.items()})
settings = anything.map(
    lambda view: replace(
        view,
        upload=view.upload if NAMED_BY.get(view.task) == "upload" else "",
        training=view.training if NAMED_BY.get(view.task) == "training" else "",
    )
)
garbage_keys = st.sampled_from([*KINDS, *(name + PACKED for name in KINDS)]) | any_text
garbage_values = (
    any_text | st.lists(any_text, max_size=3) | st.integers().map(str) | any_text.map(lambda t: pack(clean(t)))
)


def clean(text):
    return text.encode("utf-8", "replace").decode()


def browsed(query):
    """What a server receives when a browser opens an address with these parameters."""
    return parse_qs(urlencode(query, doseq=True), keep_blank_values=True)


@given(settings)
def test_a_link_gives_the_same_settings_again(view):
    assert from_query(to_query(view)) == (view, ())
    assert from_query(browsed(to_query(view))) == (view, ())


@given(settings)
def test_a_file_gives_the_same_settings_again(view):
    assert from_file(to_file(view)) == (view, ())


@pytest.mark.parametrize(("task", "name"), NAMED_BY.items())
def test_a_link_names_what_is_its_readers_own_only_where_it_shows_it(task, name):
    said = {"upload": "3fa94c21 my model.pt", "training": "units-3"}[name]
    view, _ = nearest_settings({"task": task, name: said})
    assert from_query(to_query(view)) == (view, ())
    assert said in to_query(view).values()
    assert said not in to_query(replace(view, task="sentiment")).values()


def test_a_training_that_is_none_is_left_out_of_a_link():
    view, ignored = from_query({"task": "trained", "training": "units-many~<b>"})
    assert (view.task, view.training) == ("trained", "")
    assert ignored[0].startswith("training: 'units-many~<b>' is no training: units: got 'many'; expected a whole")


def test_only_the_chosen_cell_is_always_in_the_address():
    assert to_query(Settings()) == {"step": "0", "unit": "0"}
    assert link(Settings(), "/ledger") == "/ledger?step=0&unit=0"
    assert set(DEFAULTS) == {each.name for each in fields(Settings)}


def test_an_empty_text_differs_from_none():
    assert to_query(Settings(text=""))["text"] == ""
    assert from_query({"text": ""})[0].text == ""
    assert from_query({})[0].text is None


def test_short_texts_stay_readable_and_long_ones_are_compressed():
    assert link(Settings(text="a warm, funny film", step=3)) == "?text=a+warm%2C+funny+film&step=3&unit=0"
    long = to_query(Settings(text="a warm and funny film, " * 100))
    assert set(long) == {"text" + PACKED, "step", "unit"}
    assert len(long["text" + PACKED]) < READABLE


@given(settings)
def test_a_link_keeps_to_its_limit(view):
    address = link(view)
    if address is None:
        assert len(urlencode(to_query(view))) > LINK_LIMIT
    else:
        assert len(address.encode()) <= LINK_LIMIT + 1
        assert from_query(parse_qs(address.removeprefix("?"), keep_blank_values=True)) == (view, ())


def test_what_no_link_can_hold_fits_into_a_file():
    # No two neighbours alike: each costs several bytes, however compressed.
    view = Settings(text="".join(chr(0x4E00 + k * 7919 % 20_000) for k in range(10_000)))
    assert link(view) is None
    assert from_file(to_file(view)) == (view, ())


@pytest.mark.parametrize("character", ["a", "\0", "\U0001f600", "\\"])
def test_the_longest_texts_fit_into_a_file(character):
    view = Settings(text=character * TEXT_LIMIT, before=character * TEXT_LIMIT)
    assert len(to_file(view)) <= FILE_LIMIT
    assert from_file(to_file(view)) == (view, ())
    assert from_query(to_query(view)) == (view, ())


@given(st.dictionaries(garbage_keys, garbage_values, max_size=8))
def test_any_address_gives_valid_settings_and_sentences(query):
    view, ignored = from_query(query)
    assert replace(view) == view
    assert all(sentence.endswith(".") and len(sentence) < 300 for sentence in ignored)
    named = " ".join(ignored)
    for key in query:
        if key.removesuffix(PACKED) not in KINDS and query[key] != []:
            assert quoted(key) in named


@given(any_text.map(lambda text: text * 5) | st.text(st.characters(min_codepoint=0x30000), max_size=99))
def test_what_is_quoted_is_its_beginning_and_short_however_it_is_written(text):
    said = quoted(text)
    assert len(said) <= 43
    assert text.startswith(ast.literal_eval(said).removesuffix("…"))
    assert len(holds.parse(text)[1]) < 200
    assert len(arguments.given(text)) <= 63


@given(
    st.dictionaries(
        st.sampled_from([*KINDS]) | any_text,
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | any_text,
            lambda inner: st.lists(inner, max_size=3),
        ),
        max_size=8,
    )
)
def test_any_values_from_a_browser_give_valid_settings(values):
    view, _ = nearest_settings(values)
    assert replace(view) == view


@given(st.binary(max_size=200) | any_text.map(clean).map(str.encode))
def test_any_file_gives_valid_settings_and_says_so(content):
    assert from_file(content) == (None, ("The file is not a view saved by LSTM Viz.",))


@pytest.mark.parametrize(
    "content", [b"[" * 100_000, b'{"format": ' + b"9" * 5000 + b"}", b"\xff\xfe", b"null", b'{"format": "other"}']
)
def test_hostile_files_are_refused_calmly(content):
    assert from_file(content) == (None, ("The file is not a view saved by LSTM Viz.",))


def test_a_file_past_the_limit_is_not_read():
    view, (sentence,) = from_file(to_file(Settings(step=3)) + b" " * FILE_LIMIT)
    assert view is None
    assert f"more than {FILE_LIMIT:,} bytes" in sentence


def test_a_file_past_the_limit_is_said_to_be_no_smaller_than_it_is():
    """A browser sends no more of a file than is needed to see that it is too large, so its size is not known."""
    sentences = {from_file(b" " * size)[1] for size in (FILE_LIMIT + 1, FILE_LIMIT + 1000)}
    assert len(sentences) == 1
    assert f"{FILE_LIMIT + 1:,}" not in str(sentences)


def test_a_file_from_another_version_opens_as_far_as_it_goes():
    saved = json.loads(to_file(Settings(step=3)))
    view, ignored = from_file(json.dumps(saved | {"query": saved["query"] + "&unit=-2&colour=red"}).encode())
    assert view == Settings(step=3)
    assert set(ignored) == {
        "'colour' is not a setting of this version.",
        "'unit' is given 2 times; using the last.",
        "unit: '-2' is below 0; using 0.",
    }


@pytest.mark.parametrize("query", [None, 3, ["step=3"], {"step": "3"}])
def test_a_file_whose_view_is_no_address_holds_none(query):
    content = json.dumps({"format": FORMAT, "query": query}).encode()
    assert from_file(content) == (None, ("The file is not a view saved by LSTM Viz.",))


@pytest.mark.parametrize(
    ("query", "name", "value", "sentence"),
    [
        ({"step": "abc"}, "step", 0, "step: 'abc' is not a whole number; using 0."),
        ({"step": "-3"}, "step", 0, "step: '-3' is below 0; using 0."),
        ({"step": "3.5"}, "step", 0, "step: '3.5' is not a whole number; using 0."),
        ({"step": "٣"}, "step", 0, "step: '٣' is not a whole number; using 0."),
        ({"step": "9" * 10_000}, "step", 999_999, f"step: '{'9' * 40}…' is above 999,999; using 999999."),
        ({"unit": ""}, "unit", 0, "unit: '' is not a whole number; using 0."),
        (
            {"cell": "LSTMM"},
            "cell",
            "lstm",
            f"cell: 'LSTMM' is not one of {', '.join([*CELLS][:MOST_NAMES])}, …; using lstm.",
        ),
        ({"table": "yes"}, "table", False, "table: 'yes' is neither 0 (no) nor 1 (yes); using 0."),
        ({"step": ["1", "2"]}, "step", 2, "'step' is given 2 times; using the last."),
        ({"step": []}, "step", 0, "'step' is given 0 times."),
        ({"colour": "red"}, "step", 0, "'colour' is not a setting of this version."),
        ({"step_packed": "a"}, "step", 0, "'step_packed' is not a setting of this version."),
        ({"text": "a", "text_packed": "b"}, "text", "a", "text_packed is ignored, because text is given too."),
        ({"text_packed": "é"}, "text", None, "text: the compressed text is damaged."),
        ({"text_packed": ""}, "text", None, "text: the compressed text is damaged."),
        ({"text_packed": pack("")[:-1]}, "text", None, "text: the compressed text is damaged."),
    ],
)
def test_what_is_ignored_is_named_with_the_reason(query, name, value, sentence):
    view, ignored = from_query(query)
    assert getattr(view, name) == value
    assert ignored == (sentence,)


def test_a_few_leading_zeros_or_spaces_are_a_number_all_the_same():
    assert from_query({"step": " 007 ", "unit": "0" * 5000 + "12"}) == (Settings(step=7, unit=12), ())


def test_too_much_to_ignore_is_counted():
    _, ignored = from_query({f"key {k}": "" for k in range(1000)})
    assert len(ignored) == IGNORED_LIMIT + 1
    assert ignored[-1] == f"{1000 - IGNORED_LIMIT} more were ignored."


@given(any_text.map(clean), st.data())
def test_a_tampered_compressed_text_is_read_or_named(text, data):
    packed = pack(text)
    spot = data.draw(st.integers(0, len(packed) - 1))
    tampered = packed[:spot] + data.draw(any_text) + packed[spot + 1 :]
    view, ignored = from_query({"text" + PACKED: tampered, "step": "3"})
    assert view.step == 3
    assert (view.text is None) == bool(ignored)


def test_a_compressed_text_that_would_burst_is_given_up():
    bomb = base64.urlsafe_b64encode(zlib.compress(b"a" * 50_000_000, 9)).decode()
    tracemalloc.start()
    view, ignored = from_query({"text" + PACKED: bomb})
    _, most_memory = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most_memory < 10_000_000
    assert view.text is None
    assert ignored == (f"text: the compressed text has more than {TEXT_LIMIT:,} characters.",)


def test_a_text_past_the_limit_is_cut_and_said_so():
    view, ignored = from_query({"text" + PACKED: pack("a" * (TEXT_LIMIT + 1))})
    assert view.text == "a" * TEXT_LIMIT
    assert ignored == (
        f"text: the text has {TEXT_LIMIT + 1:,} characters, and only the first {TEXT_LIMIT:,} were kept.",
    )


@given(any_text.map(clean))
def test_packing_is_undone_and_needs_no_escaping(text):
    assert unpack(pack(text)) == text
    assert urlencode({"": pack(text)}) == "=" + pack(text)


def test_surrogates_pair_up_or_are_replaced():
    assert Settings(text="a\ud83d\ude00b\ud83dc\ude00").text == "a\U0001f600b\ufffdc\ufffd"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"step": -1}, "^step: -1 is below 0$"),
        ({"unit": 1.5}, "^unit: 1.5 is not a whole number$"),
        ({"layer": True}, "^layer: True is not a whole number$"),
        ({"cell": "transformer"}, "^cell: 'transformer' is not one of lstm, "),
        ({"text": 3}, "^text: 3 is not a text$"),
        ({"table": 1}, "^table: 1 is neither"),
    ],
)
def test_code_that_sets_a_wrong_value_is_told(wrong, message):
    with pytest.raises(ValueError, match=message):
        Settings(**wrong)


def test_weights_are_kept_as_short_as_they_are_and_what_is_no_weight_is_told() -> None:
    assert nearest_settings({"weights": "0_-2.50_10.0_0"}) == (Settings(weights="0_-2.5_10"), ())
    for written, kept, said in (
        ("1_x_2", "1_0_2", "'x' is not a number from -20 to 20"),
        ("30", "", "'30' is not a number from -20 to 20"),
        ("_".join("1" * 40), "_".join("1" * 16), "40 numbers were given"),
    ):
        found, ignored = nearest_settings({"weights": written})
        assert found.weights == kept
        assert said in ignored[0]


@pytest.mark.parametrize("name", KINDS)
def test_a_number_past_any_float_is_no_error(name):
    """As a client may send it, which need be no page of ours."""
    for number in (10**400, -(10**400)):
        settings, ignored = nearest_settings({name: number})
        assert settings == nearest_settings({name: getattr(settings, name)})[0]
        assert len(ignored) == 1
