"""``python -m deploy.nginx HOST:PORT …``: nginx.conf for these replicas of the app."""

import argparse
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

TEMPLATE = Path(__file__).with_name("nginx.conf")
UPLOAD = 201
"""MB of a request, at most: Streamlit's `server.maxUploadSize`, and one for what is sent around the file."""
OF_EACH = ("replica", "pattern", "seat")
"""What is another for each replica."""
WORD = re.compile(r"@([a-z]+)@")


def at(base: str) -> str:
    """A path of the app's own, as nginx has it: "/lstm"; "" for none.

    Raises
    ------
    ValueError
        where it has other characters than addresses are best made of
    """
    base = base.strip("/")
    if not re.fullmatch(r"[\w./~-]*", base, re.ASCII):
        raise ValueError(f"the path {base!r}: expected letters, digits and -_.~ between slashes, as in courses/lstm")
    return base and f"/{base}"


def filled(replicas: Sequence[str], *, listen: str = "8501", base: str = "", folder: str = "/tmp") -> str:
    """Fill the template.

    Parameters
    ----------
    replicas : host:port of each; a host as digits, for nginx finds names once, when it starts
    listen : port, or address:port, at which readers come
    base : path of the app's own address; see `at`
    folder : for what nginx writes, an absolute path

    Returns
    -------
    the whole configuration

    Raises
    ------
    ValueError
        where there is no replica, or one is no address of this form
    """
    if not replicas:
        raise ValueError("no replica was named: expected one or more, as in 127.0.0.1:8601")
    for each in replicas:
        if not re.fullmatch(r"\d{1,3}(\.\d{1,3}){3}:\d{1,5}", each):
            raise ValueError(f"the replica {each!r}: expected an address and a port, as in 127.0.0.1:8601")
    base = at(base)
    words = {
        "base": base,
        "path": base or "/",
        "folder": folder,
        "listen": listen,
        "upload": f"{UPLOAD}m",
        "tries": str(len(replicas)),
        "elsewhere": f"location = / {{ return 302 {base}/; }}" if base else "",
    }
    lines = []
    for line in TEMPLATE.read_text(encoding="utf-8").splitlines():
        named = set(OF_EACH).intersection(WORD.findall(line))
        if named and not line.lstrip().startswith("#"):
            lines += [_with(line, words | _of(seat, each)) for seat, each in enumerate(replicas, start=1)]
        else:
            lines.append(_with(line, words))
    return "\n".join(lines) + "\n"


def _of(seat: int, replica: str) -> dict[str, str]:
    return {"replica": replica, "pattern": re.escape(replica), "seat": str(seat)}


def _with(line: str, words: Mapping[str, str]) -> str:
    return WORD.sub(lambda found: words.get(found[1], found[0]), line)


def main() -> None:
    """Print the filled template."""
    parser = argparse.ArgumentParser(prog="python -m deploy.nginx", description="Prints nginx.conf for some replicas.")
    parser.add_argument("replicas", nargs="+", metavar="HOST:PORT", help="where each replica of the app listens")
    parser.add_argument("--listen", default="8501", help="port, or address:port, at which readers come")
    parser.add_argument("--base", default="", help="path of the app's own address, as server.baseUrlPath says it")
    parser.add_argument("--folder", default="/tmp", help="where nginx may write")
    given = parser.parse_args()
    try:
        print(filled(given.replicas, listen=given.listen, base=given.base, folder=given.folder), end="")
    except ValueError as error:
        parser.error(str(error))


if __name__ == "__main__":
    main()
