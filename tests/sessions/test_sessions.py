"""Two sessions on one server: each is told what it is told alone, nothing of the other, and cannot ask for it."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

import pytest

from lstm_viz.rooms.codes import LETTERS
from tests.apart import run_apart
from tests.sessions.acts import ACTS, FILE, Reader, trains, uploads
from tests.sessions.together import Servers, reader_at, scenario, servers


@pytest.fixture(scope="module")
def at() -> Iterator[Servers]:
    """One server for both, and one for each."""
    with servers() as running:
        yield running


@pytest.mark.parametrize("seed", [5, 18])
def test_each_is_told_what_it_is_told_alone(at: Servers, seed: int) -> None:
    """By turns, and at once; `python -m tests.sessions` does more of it, and on servers that keep nobody apart."""
    found = run_apart(scenario(at, seed, len(ACTS) // 3))
    assert not found.leaks, "\n".join(found.leaks)[:4000]
    assert found.searched > 200_000


def test_who_guesses_gets_nothing_and_changes_nothing(at: Servers) -> None:
    """Somebody who knows the shapes of all addresses, and the other's link, and none of their secrets."""
    run_apart(_guess(at))


async def _guess(at: Servers) -> None:
    owner, other = [await reader_at(at.together, k, 7) for k in range(2)]
    await uploads(owner)
    addresses = [each["weights"] for each in owner.header("what_if")["networks"].values()]
    said = owner.header("what_if")["query"]
    link = owner.header("what_if")["address"].partition("?")[2]
    assert not any(secret in said + link for secret in owner.told), "what is copied and sent on holds no secret"
    await trains(owner)
    (secret,) = [each for each in owner.told if await _is_training(owner, each)]
    before = owner.shown()

    # A link says what to open, and its view; what is to be opened is not there.
    await other.visitor.open("what_if", **dict(parse_qsl(link)))
    shown = json.dumps(other.shown())
    assert "stays in the session that opened it" in shown
    assert "what_if" not in other.visitor.there

    # Neither as a message of the other's, nor by number, nor by name.
    await other.open("", text="mine")
    stolen = {"sender": "the same", "number": owner.number + 1, "edits": 1, "before": [], "has": {}}
    session = owner.header("cells_compared")["session"]
    await other.visitor.tell("gates", message={**stolen, "session": session, "actions": [["task", "yours"]]})
    assert FILE not in json.dumps(other.shown()), "whatever a message says"

    guesses = [f"assets/{each}/weights.safetensors" for each in ("own", "A" * 43, addresses[0].split("/")[1][::-1])]
    guesses += [f"{address.rpartition('/')[0]}/" for address in addresses]
    guesses += [f"training/{secret[::-1]}/{each}" for each in ("news", "state/0", "file/0")]
    guesses += ["assets/", "training/", "training", "room/", "media/", "_stcore/upload_file/", "_stcore/agent/interact"]
    for guess in guesses:
        status, content = await other.visitor.ask(guess)
        named = [mark for mark in owner.marks if mark in content]
        assert not named, guess
        assert status >= 400 or b"safetensors" not in content, guess
    for method in ("PUT", "DELETE"):
        status, _ = await other.visitor.ask(f"_stcore/upload_file/{session}/1", b"", method)
        assert status >= 400
    status, _ = await other.visitor.ask(f"training/{secret[::-1]}/do", {"do": "stop"})
    assert status == 404

    # Nothing of what the owner has was touched.
    await owner.visitor.open("build_by_hand")
    await owner.visitor.open("rnn_lstm_gru", task="trained", text="0110", checkpoint=10)
    assert owner.shown() == before
    searched = b"".join(other.visitor.heard)
    assert not [mark for mark in owner.marks if mark in searched and mark != session.encode()]
    for reader in (owner, other):
        await reader.visitor.leave()


async def _is_training(reader: Reader, secret: str) -> bool:
    return (await reader.visitor.ask(f"training/{secret}/news"))[0] == 200


def test_a_guessed_code_lets_anybody_answer_once_and_see_nothing_before_the_reveal(at: Servers) -> None:
    """Codes are short, as they are typed from the last row: what they give must not matter."""
    run_apart(_guess_a_room(at))


async def _guess_a_room(at: Servers) -> None:
    lecturer, guesser = [await reader_at(at.together, k, 8) for k in range(2)]
    await lecturer.open("lessons", lesson="4-reading-a-trained-network", at=1)
    put = lecturer.visitor.json_of("room")
    await lecturer.visitor.tell("room", message={"question": put["question"], "act": "ask", "id": "1"})
    room = lecturer.visitor.json_of("room")["room"]
    assert set(room["code"]) <= set(LETTERS)

    async def tell(reader: Reader, name: str, **body: Any) -> tuple[int, Any]:
        status, content = await reader.visitor.ask(f"room/{room['code']}/{name}", body or None)
        return status, json.loads(content)

    browser = "somebody-in-the-last-row"
    assert (await tell(lecturer, "answer", asking=1, browser=browser, prediction=2))[0] == 200
    for k in range(3):  # the last counts, whoever else answers
        assert (await tell(guesser, "answer", asking=1, browser="the-guesser-himself", prediction=k % 2))[0] == 200
    assert (await tell(guesser, "now"))[1] == {"asking": 1, "answers": 2, "revealed": False}
    assert "truth" not in (await tell(guesser, "question"))[1]
    assert (await tell(guesser, "own", browser="the-guesser-himself"))[1] == {"prediction": 0}
    for secret in ("", room["secret"][:-1], room["secret"].lower(), room["code"]):
        for name, more in (("reveal", {"asking": 1}), ("results", {}), ("close", {})):
            status, said = await tell(guesser, name, secret=secret, **more)
            assert status == 403, said
    assert (await tell(lecturer, "results", secret=room["secret"]))[0] == 409, "nobody sees answers before the reveal"
    assert (await tell(lecturer, "reveal", secret=room["secret"], asking=1))[0] == 200
    assert sorted((await tell(lecturer, "results", secret=room["secret"]))[1]["predictions"]) == [0, 2]
    assert (await tell(guesser, "answer", asking=1, browser="the-guesser-himself", prediction=1))[0] == 409
    searched = b"".join(guesser.visitor.heard)
    assert not [mark for mark in (room["secret"], browser) if mark.encode() in searched]
    for reader in (lecturer, guesser):
        await reader.visitor.leave()
