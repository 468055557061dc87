"""Files of numbers: CSV and NPY, and a sentence for each that does not fit."""

import io

import numpy as np
import pytest

from lstm_viz.ui.pages.yours import number_files
from lstm_viz.ui.pages.yours.number_files import read_numbers

ROWS = np.array([[0.5, -1.25], [2.0, 1e-3], [3.0, 4.0]])


def npy(array: object, **options: object) -> bytes:
    stream = io.BytesIO()
    np.save(stream, np.asarray(array), **options)  # type: ignore[arg-type]
    return stream.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"0.5,-1.25\n2,0.001\n3,4\n",
        b"\xef\xbb\xbftemperature;humidity\r\n0.5;-1.25\r\n\r\n2;1e-3\r\n3;4",
        "0.5 −1.25\n2\t.001\n3 4".encode(),
        b'date,temperature,humidity\n2024-01-01 00:00,0.5,-1.25\n"2024-01-01 01:00",2,1e-3\n2024-01-01 02:00,3,4,\n',
        b"0.5,first,-1.25\n2,second,1e-3\n3,3,4",
        npy(ROWS),
        npy(ROWS.astype(">f4")),
        npy(np.asfortranarray(ROWS)[None]),
    ],
)
def test_every_way_of_writing_numbers_is_read_alike(content):
    found, names = read_numbers(content, 2)
    assert names == (("temperature", "humidity") if b"humidity" in content else ())
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, ROWS, rtol=1e-6)


def test_one_number_a_step_may_stand_in_a_row_or_alone():
    for content in (b"1\n2\n3", npy([1, 2, 3]), npy([[True], [False], [True]])):
        assert read_numbers(content, 1)[0].shape == (3, 1)


def lying(shape: tuple[int, ...]) -> bytes:
    stream = io.BytesIO()
    np.lib.format.write_array_header_1_0(stream, {"descr": "<f4", "fortran_order": False, "shape": shape})
    return stream.getvalue() + b"\0" * 8


def headed(header: str) -> bytes:
    """An NPY file with any text for a header."""
    return b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header.encode() + b"\0" * 8


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"1,2,3\n4,5,6", "The file has 3 columns, but the network reads 2 numbers a step"),
        (npy(np.zeros((2, 5))), "5 columns, but the network reads 2 numbers a step: one row a step. It looks turned"),
        (npy(np.zeros((4, 2, 2))), r"an array of shape \(4, 2, 2\); expected \(time steps, 2\)"),
        (b"0,5;1,2\n0,7;1,3", "Line 1 has both semicolons and commas: write decimals with a point"),
        (b",a,b\n1,,2", "Line 2 has an empty cell"),
        (b"1,2\n3", "Line 2 has 1 number, but line 1 has 2"),
        (b"1,2\n3,<b>", "Line 2: “<b>” is not a number"),
        (b"a,b\nc,d", "Line 2: “c” is not a number"),
        (b"a,b\n", "There are no numbers"),
        (b"", "There are no numbers"),
        (b"1,nan", "The number at step 0, column 1 is nan"),
        (b"1,2\n1e300,inf", "The number at step 1, column 0 is 1e"),
        (b"\xff\xfe\x00", "neither an NPY file nor a text"),
        (npy(np.array([["a"]])), "The array holds <U1; expected numbers"),
        (npy(np.array([{}]), allow_pickle=True), "The array holds object; expected numbers"),
        (lying((10**12, 2)), "damaged or too large"),
        (lying((10**9, 10**9, 10**9)), "damaged or too large"),
        (lying((-1, 2)), "cannot be read as one|damaged"),
        (npy(ROWS)[:-9], "cannot be read as one|damaged"),
        (npy(ROWS)[:20], "cannot be read as one"),
        (b"\x93NUMPY\x09\x00", "cannot be read as one"),
        (headed("{'descr': '<f4'"), "cannot be read as one"),
        (headed("(" * 3000), "cannot be read as one"),
        (headed("1+" * 4000 + "1"), "cannot be read as one"),
        (headed("{'descr': '<f4', 'fortran_order': False, 'shape': (0, 10**20)}"), "cannot be read as one"),
        (lying((0, 10**20)), "damaged or too large"),
        (lying((True, True)), "cannot be read as one"),
        (npy(np.zeros((0, 2))), r"an array of shape \(0, 2\)"),
    ],
)
def test_what_does_not_fit_is_said_with_both_numbers(content, said):
    with pytest.raises(ValueError, match=said):
        read_numbers(content, 2)


def test_a_file_past_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(number_files, "MOST_NUMBERS", 5)
    with pytest.raises(ValueError, match="more than 5 numbers"):
        read_numbers(b"1 2\n" * 3, 2)
    monkeypatch.setattr(number_files, "LIMIT", 2**20)
    with pytest.raises(ValueError, match="The file has 2 MB; at most 1 MB"):
        read_numbers(b"1\n" * 2**20, 1)
