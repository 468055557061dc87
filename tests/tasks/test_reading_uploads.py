"""What an upload reads: tables, made sequences, vocabularies in any form, tokenizers; and what is wrong with them."""

import json
import re

import numpy as np
import pytest

from lstm_viz.tasks.readers import Table
from lstm_viz.tasks.readers.probes import probe
from lstm_viz.tasks.readers.tokenizer import Tokenizer
from lstm_viz.tasks.readers.vocabulary_file import read_vocabulary


def test_a_table_may_have_names_and_any_separators() -> None:
    reader = Table(2)
    for text in ("a, b\n1, 2\n3, 4", "1;2\n\n3;4\n", "1\t2\r\n3\t4", "1 2\n3 4"):
        tokens = [token.text for token in reader.cut(text)]
        np.testing.assert_array_equal(reader.encode(tokens, ()), [[1, 2], [3, 4]])
    assert reader.names("a, b\n1, 2") == ("a", "b")
    assert reader.names("1, 2") == ()
    assert [text[t.start : t.stop] for text in ("x y\n1, 2\n 3 4",) for t in reader.cut(text)] == ["1, 2", "3 4"]
    series = Table(1)
    assert [token.text for token in series.cut("1, 2, 3")] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1, 2\n3", "line 2: 1 number, but the network reads 2 numbers a step"),
        ("1, 2\n3, x", "line 2: 'x' is not a number"),
        ("1, nan", "line 1: 'nan' is not a number"),
        ("1, 1e9", "line 1: '1e9' is too large"),
        ("hello there", "'hello there' is neither numbers nor a sequence that can be made"),
        ("impulse at 80, 60 steps", "the impulse is at step 80, but the steps are 0 to 59"),
        ("sine of period 0", "a sine’s period is 0.001 to 1,000,000 steps long; this one has 0"),
        ("sine of period 1e-320", "a sine’s period is 0.001 to 1,000,000 steps long"),
        ("noise, seed " + "9" * 5000, "a number of 5,000 digits is too long; 15 can be read"),
        ("noise, " + "9" * 5000 + " steps", "a number of 5,000 digits is too long"),
        ("rows 0 to " + "9" * 5000, "a number of 5,000 digits is too long"),
        ("noise, feature 2", "there is no feature 2; the features are 0 to 1"),
        ("step, 9999 steps", "a probe of 9,999 steps; between 1 and 5,000"),
        ("rows 0 to 9", "there is no file of numbers open"),
    ],
)
def test_what_is_wrong_is_said(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        Table(2).cut(text)


def test_sequences_that_are_made() -> None:
    def made(line: str) -> list[float]:
        found = probe(line, 3, 5000)
        assert found is not None
        return found.values()

    assert made("Impulse at step 2, 4 steps") == [0, 0, 1, 0]
    assert made("4 steps, step at 2 of size 0.5") == [0, 0, 0.5, 0.5]
    np.testing.assert_allclose(made("sine of period 8, 8 steps"), np.sin(np.arange(8) * np.pi / 4), atol=5e-5)
    noise = np.array(made("noise, seed 3, 5000 steps"))
    assert abs(noise.mean()) < 0.05
    assert abs(noise.std() - 1) < 0.05
    assert made("noise, seed 3") != made("noise, seed 4")
    tokens = [token.text for token in Table(3).cut("impulse at 1, 2 steps, feature 2")]
    np.testing.assert_array_equal(Table(3).encode(tokens, ()), [[0, 0, 0], [0, 0, 1]])


@pytest.mark.parametrize(
    "text",
    [
        "the\nfilm\n ",
        "the\r\nfilm\r\n \r\n",
        '["the", "film", " "]',
        '{" ": 2, "film": 1, "the": 0}',
        '{"model": {"type": "WordLevel", "vocab": {"the": 0, "film": 1, " ": 2}}}',
        '{"model": {"type": "Unigram", "vocab": [["the", -1.5], ["film", -2.5], [" ", -3.5]]}}',
    ],
)
def test_a_vocabulary_in_any_form(text: str) -> None:
    assert read_vocabulary(text) == ("the", "film", " ")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("[", "begins like JSON and is none"),
        ("[1, 2]", "row 0 holds 1; expected texts alone"),
        ('["a", 0]', "row 1 holds 0; expected texts alone"),
        ('["a", null]', "row 1 holds null; expected texts alone"),
        ('["a", []]', r"row 1 holds \[\]; expected texts alone"),
        ('{"a": "b"}', "something else than a row"),
        ('{"a": 99999999}', "something else than a row"),
        ("a\n" * 200_001, "200,001 symbols"),
    ],
    ids=range(9),
)
def test_what_is_no_vocabulary_is_said(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_vocabulary(text)


def test_half_a_character_is_read_as_one_that_can_be_sent() -> None:
    assert read_vocabulary('["a", "\\ud800"]') == ("a", "?")


def test_a_tokenizer_cuts_as_its_library_does() -> None:
    tokenizers = pytest.importorskip("tokenizers")
    models, pre = tokenizers.models, tokenizers.pre_tokenizers
    vocabulary = {"[UNK]": 0, "film": 1, "##s": 2, "the": 3}
    made = tokenizers.Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    made.pre_tokenizer = pre.Whitespace()
    reader = Tokenizer(made.to_str())
    tokens = reader.cut("the films zzz")
    assert [(t.text, t.start, t.stop) for t in tokens] == [
        ("the", 0, 3),
        ("film", 4, 8),
        ("##s", 8, 9),
        ("[UNK]", 10, 13),
    ]
    symbols = ("<unk>", *reader.symbols)
    names = [token.text for token in tokens]
    assert reader.encode(names, symbols).tolist() == [4, 2, 3, 1]
    assert reader.unknown(names, symbols) == [False, False, False, True]
    for wrong in ("{}", json.dumps({"model": {"type": "BPE"}})):
        with pytest.raises(ValueError, match=r"no tokenizer\.json that can be read"):
            Tokenizer(wrong)
