from lstm_viz.tasks.counting import COUNTING
from lstm_viz.tasks.readers import Characters
from tests.tasks.reading import tokens_of

READER = Characters()


def test_every_line_end_is_a_line_feed() -> None:
    assert tokens_of(READER, "a\r\nb\rc\n") == ["a", "\n", "b", "\n", "c", "\n"]


def test_characters_without_ink_are_shown() -> None:
    assert [READER.show(c) for c in " \n\ta\x00\u200b\u00a0"] == ["␣", "↵", "⇥", "a", "U+0000", "U+200B", "U+00A0"]


def test_unknown_characters_are_flagged() -> None:
    assert READER.unknown(["a", "é"], ("<unk>", "a")) == [False, True]
    assert READER.encode(["a", "é"], ("<unk>", "a")).tolist() == [1, 0]


def test_space_is_layout_where_symbols_are_counted() -> None:
    assert COUNTING.tokenize("aa b\nb") == ["a", "a", "b", "b"]
