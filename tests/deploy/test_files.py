"""Containers and cluster: names, ports, paths, versions and limits agree with each other and with the project."""

import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy import health, serve, sizing
from deploy.nginx import UPLOAD, filled
from lstm_viz.ui.bridge import trainings, uploads
from lstm_viz.ui.server.options import OPTIONS, PREFIX
from tests.driving import ROOT

FOLDER = ROOT / "deploy"
CONTAINERFILE = (FOLDER / "Containerfile").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((FOLDER / "compose.yaml").read_text(encoding="utf-8"))
CLUSTER = {path.name: list(yaml.safe_load_all(path.read_text("utf-8"))) for path in FOLDER.glob("kubernetes/*.yaml")}
TEXTS = {path.name: path.read_text("utf-8") for path in (*FOLDER.glob("*.yaml"), *FOLDER.glob("kubernetes/*.yaml"))}


def of_kind(kind: str, name: str = "lstm-viz") -> dict[str, Any]:
    return next(
        each
        for parts in CLUSTER.values()
        for each in parts
        if each["kind"] == kind and each["metadata"]["name"] == name
    )


def container(deployment: str = "lstm-viz") -> dict[str, Any]:
    found: dict[str, Any] = of_kind("Deployment", deployment)["spec"]["template"]["spec"]["containers"][0]
    return found


def environments() -> Iterator[dict[str, str]]:
    """What each container of the app is told."""
    yield COMPOSE["services"]["app-1"]["environment"]
    yield COMPOSE["services"]["app-2"]["environment"]
    yield {each["name"]: each.get("value", "") for each in container()["env"]}
    image = CONTAINERFILE.rpartition("\nENV ")[2].partition("\nUSER")[0].replace("\\\n", " ")
    yield dict(word.split("=", 1) for word in shlex.split(image))


def megabytes(text: str) -> float:
    """A size as Compose and Kubernetes write it, in MB of a million bytes."""
    number, unit = re.fullmatch(r"(\d+)(\w+)", text).groups()  # type: ignore[union-attr]
    return int(number) * {"m": 2**20, "Mi": 2**20, "M": 10**6, "Gi": 2**30, "g": 2**30}[unit] / 1e6


def test_every_file_says_what_of_it_was_run() -> None:
    for name, text in {**TEXTS, "Containerfile": CONTAINERFILE}.items():
        head = text[: re.search(r"^(?!#|$)", text, re.MULTILINE).start()]  # type: ignore[union-attr]
        assert re.search(r"Run\s(#\s)?where this was written: ", head), name
        assert " ".join(head.split()).isascii() or "–" not in head, name


def test_variables_are_those_that_the_app_reads() -> None:
    known = {option.name: option for option in OPTIONS}
    from streamlit import config

    streamlits = {option.env_var for option in config.get_config_options().values()}
    for environment in environments():
        for name, value in environment.items():
            if name.startswith(PREFIX):
                known[name].value({name: value})
            elif name.startswith("STREAMLIT_"):
                assert name in streamlits, name
    for environment in (each for each in environments() if serve.REDIS in each):
        assert serve.SECRET in environment, "replicas that share a Redis share the cookie secret"


def test_the_image_has_what_the_app_needs_and_nothing_to_build_with() -> None:
    stages = re.split(r"^FROM ", CONTAINERFILE, flags=re.MULTILINE)[1:]
    names = [stage.splitlines()[0].rpartition(" AS ")[2] for stage in stages]
    assert names == ["build", "proxy", "app"]
    app = stages[-1]
    assert app.startswith(stages[0].partition(" AS ")[0]), (
        "what was compiled runs on the Python that it was compiled with"
    )
    assert not re.search(r"apt-get|pip.* install|^COPY (?!--from=build)", app, re.MULTILINE)
    assert "pip uninstall" in app
    python = re.search(r"^ARG PYTHON=(.*)$", CONTAINERFILE, re.MULTILINE)[1]  # type: ignore[index]
    least = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"].removeprefix(">=")
    assert tuple(map(int, python.split("."))) >= tuple(map(int, least.split(".")))
    for stage in stages[1:]:
        assert re.search(r"^USER 10001:10001$", stage, re.MULTILINE)
        assert "HEALTHCHECK" in stage
    copied = {
        word for line in re.findall(r"^COPY (?!--from)(.*) \S+$", stages[0], re.MULTILINE) for word in line.split()
    }
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert copied == let_in
    assert all((ROOT / name).exists() for name in copied)
    # What the lock file pins is what the tests ran with.
    lock = dict(re.findall(r"^([\w.-]+)==([^ ;+]+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE))
    pins = dict(re.findall(r"^([\w-]+)==([^ ]+)", (ROOT / "requirements.txt").read_text(), re.MULTILINE))
    assert pins.items() <= lock.items()


def test_secrets_of_a_machine_get_into_no_image_and_no_commit() -> None:
    ignored = {name: (ROOT / name).read_text().splitlines() for name in (".dockerignore", ".gitignore")}
    for secret in ("deploy/.env", ".streamlit/secrets.toml"):
        assert secret in ignored[".gitignore"]
        # The last line that a path fits decides.
        lines = ignored[".dockerignore"]
        assert lines.index(secret) > max(k for k, line in enumerate(lines) if line.startswith("!"))


def test_ports_paths_and_addresses_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    told = list(environments())[-1]
    port = int(told["STREAMLIT_SERVER_PORT"])
    services = COMPOSE["services"]
    addresses = [services[name]["networks"]["inside"]["ipv4_address"] for name in services if name.startswith("app-")]
    replicas = [f"{address}:{port}" for address in addresses]
    assert services["nginx"]["build"]["args"]["REPLICAS"].split() == replicas
    assert re.search(r'^ARG REPLICAS="(.*)"$', CONTAINERFILE, re.MULTILINE)[1].split() == replicas  # type: ignore[index]
    assert filled(replicas, listen="8080").count(addresses[1]) >= 3
    assert services["nginx"]["ports"] == [f"{port}:8080"]
    assert container()["ports"] == [{"name": "http", "containerPort": port}]
    monkeypatch.setenv("STREAMLIT_SERVER_PORT", str(port))
    monkeypatch.setenv("STREAMLIT_SERVER_BASE_URL_PATH", "/courses/lstm/")
    assert health.address() == f"http://127.0.0.1:{port}/courses/lstm{serve.HEALTH}"
    for probe in ("startupProbe", "readinessProbe"):
        assert container()[probe]["httpGet"] == {"path": serve.HEALTH, "port": "http"}
    redis = of_kind("Service", "lstm-viz-redis")
    url = next(each["value"] for each in container()["env"] if each["name"] == serve.REDIS)
    assert url == f"redis://{redis['metadata']['name']}:{redis['spec']['ports'][0]['port']}/0"
    assert {services["redis"]["image"], container("lstm-viz-redis")["image"]} == {services["redis"]["image"]}
    backend = of_kind("Ingress")["spec"]["rules"][0]["http"]["paths"][0]["backend"]["service"]
    assert backend == {"name": of_kind("Service")["metadata"]["name"], "port": {"name": "http"}}
    assert of_kind("Ingress")["metadata"]["annotations"]["nginx.ingress.kubernetes.io/proxy-body-size"] == f"{UPLOAD}m"
    for kind in ("Deployment", "HorizontalPodAutoscaler", "Service", "PodDisruptionBudget", "Ingress"):
        assert of_kind(kind)
    assert set(CLUSTER["kustomization.yaml"][0]["resources"]) == CLUSTER.keys() - {"kustomization.yaml"}
    labels = of_kind("Deployment")["spec"]["template"]["metadata"]["labels"]
    assert of_kind("Service")["spec"]["selector"].items() <= labels.items()
    assert of_kind("Deployment")["spec"]["template"]["spec"]["enableServiceLinks"] is False


def test_no_container_may_do_more_than_it_needs() -> None:
    for name, service in COMPOSE["services"].items():
        assert service["read_only"], name
        assert service["cap_drop"] == ["ALL"], name
        assert service["user"] == "10001:10001", name
        assert "mem_limit" in service, name
    for name in ("lstm-viz", "lstm-viz-redis"):
        assert of_kind("Deployment", name)["spec"]["template"]["spec"]["securityContext"]["runAsNonRoot"]
        held = container(name)["securityContext"]
        assert held["readOnlyRootFilesystem"]
        assert not held["allowPrivilegeEscalation"]
        assert held["capabilities"] == {"drop": ["ALL"]}


def test_limits_are_what_was_measured_and_what_the_app_bounds() -> None:
    assert sizing.OWN_MB - 1 < (uploads.HELD.most + trainings.HELD.most) / 1e6 <= sizing.OWN_MB
    measured = sizing.read()
    least = sizing.limit(measured)
    for limit in (COMPOSE["services"]["app-1"]["mem_limit"], container()["resources"]["limits"]["memory"]):
        assert least <= megabytes(limit) < 1.5 * least
    assert measured.base < megabytes(container()["resources"]["requests"]["memory"])


def test_the_table_of_the_docs_is_worked_out_from_what_was_measured() -> None:
    text = sizing.DOCUMENT.read_text(encoding="utf-8")
    assert sizing.put(text, sizing.table(sizing.read())) == text
    with pytest.raises(ValueError, match="lacks the marks"):
        sizing.put("nothing", "a table")


def test_a_class_is_sized() -> None:
    measured = sizing.Measured(
        opening=0.1, message=0.02, every=4.0, base=400, session=0.5, machine="this", date="today"
    )
    few, many = sizing.size(1, measured), sizing.size(300, measured)
    assert [many.typing, many.opening] == pytest.approx([1.5, 0.5])
    assert (few.processes, many.processes) == (1, 3), "1.5 processes' time, of which 70 % may be taken"
    assert many.memory == pytest.approx(1.25 * (3 * 400 + 150))
    assert many.price(10, core_hour=1, gb_hour=0) == pytest.approx(30)
    # The whole class opens at once: that counts where it takes more than the words do.
    assert sizing.size(3000, measured).processes == 22, "15 processes' time"


def test_the_files_named_by_the_guide_are_there() -> None:
    text = sizing.DOCUMENT.read_text(encoding="utf-8")
    named = set(re.findall(r"`(deploy/[\w./]*)`", text))
    assert named >= {"deploy/serve.py", "deploy/nginx.conf", "deploy/Containerfile", "deploy/compose.yaml"}
    assert all((ROOT / name).exists() for name in named)
    assert all(Path(FOLDER / "kubernetes" / name).exists() for name in CLUSTER)
