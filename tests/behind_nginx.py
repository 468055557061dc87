"""nginx before servers that run already, with the configuration that `make serve` fills in."""

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from deploy.nginx import filled
from deploy.serve import program, taken
from tests.driving import free_port


@contextmanager
def nginx(replicas: Sequence[str], base: str = "") -> Iterator[str]:
    """Run it until the block ends, and give its address.

    Parameters
    ----------
    replicas : addresses of the servers, http://host:port
    base : path of the app's own address
    """
    port = free_port()
    with tempfile.TemporaryDirectory() as name:
        folder, settings = Path(name), Path(name) / "nginx.conf"
        folder.chmod(0o711)
        places = [urlsplit(each).netloc for each in replicas]
        settings.write_text(filled(places, listen=f"127.0.0.1:{port}", base=base, folder=name), encoding="utf-8")
        command = [program("nginx", "nginx"), "-e", "stderr", "-p", name, "-c", str(settings), "-g", "daemon off;"]
        log = folder / "log"
        with log.open("wb") as output:
            process = subprocess.Popen(command, stderr=output, env=os.environ | {"LANG": "C"})
        try:
            give_up = time.monotonic() + 60
            while not taken("127.0.0.1", port):
                if process.poll() is not None or time.monotonic() > give_up:
                    raise RuntimeError(f"nginx did not start: {log.read_text()}")
                time.sleep(0.01)
            yield f"http://127.0.0.1:{port}{base}"
            assert log.read_text() == "", "what nginx logs holds addresses, and so what readers type"
        finally:
            process.terminate()
            process.wait(timeout=60)
