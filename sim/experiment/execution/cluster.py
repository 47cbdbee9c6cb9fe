"""Simulates blocks on a Dask cluster, whose workers may run on any machine.

Workers need the same version of this package, which is checked before the first block.
"""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from typing import Any

from sim.errors import RequestError
from sim.experiment.storage.engine_fingerprint import engine_fingerprint

TIMEOUT_SECONDS = 10.0
"""Seconds within which a scheduler must answer and offer a worker."""


class Cluster:
    """A connection to a scheduler.

    Attributes:
        executor: the executor to which tasks are submitted.
        workers: how many blocks can be simulated at the same time.
    """

    def __init__(self, client: Any, address: str) -> None:
        self._client, self._address = client, address
        self.executor: Executor = client.get_executor(pure=False)
        self.workers = sum(client.nthreads().values())

    def is_alive(self) -> bool:
        """Whether the scheduler still answers and has a worker."""
        try:
            return bool(self._client.status == "running" and self._client.nthreads())
        except Exception:  # any error means that the scheduler did not answer
            return False


@contextmanager
def connect_cluster(address: str) -> Iterator[Cluster]:
    """Yield the cluster whose scheduler listens at an address.

    Raises:
        RequestError: Dask is not installed; no scheduler answers; or its workers have another
            version of this package, or none.
    """
    client = _connect(address)
    try:
        yield Cluster(_check_workers(client, address), address)
    finally:
        with suppress(Exception):  # the scheduler itself may be lost
            client.close(timeout=TIMEOUT_SECONDS)


def _connect(address: str) -> Any:
    try:
        from distributed import Client  # noqa: PLC0415  an extra, and slow to load
    except ImportError:
        raise RequestError(
            f"--scheduler {address}: Dask is not installed\n"
            '    install it with: pip install "alliance-sim[cluster]"'
        ) from None
    for name in ("distributed", "distributed.client"):  # the error below says what is wrong
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        _check_listening(address)
        return Client(address, timeout=TIMEOUT_SECONDS, set_as_default=False)
    except (OSError, ValueError):
        raise RequestError(
            f"--scheduler {address}: no Dask scheduler answers there\n"
            "    allowed: an address such as tcp://127.0.0.1:8786; `dask scheduler` prints its own"
        ) from None


def _check_listening(address: str) -> None:
    """Require a server that sends first, as a scheduler does; Dask itself could wait for ever."""
    from distributed.comm.addressing import get_address_host_port, parse_address  # noqa: PLC0415

    host, port = get_address_host_port(address)
    protocol = parse_address(address)[0]
    if protocol == "tls":
        raise RequestError(
            f"--scheduler {address}: connections with certificates are not supported\n"
            "    allowed: an address that begins with tcp://"
        )
    if protocol != "tcp":
        return
    with socket.create_connection((host, port), timeout=TIMEOUT_SECONDS) as connection:
        greeting = connection.recv(8)  # of a scheduler: the length of what follows, with zeros
        if not greeting or greeting.decode("latin-1").isprintable():
            raise ConnectionError  # a service that greets in words, such as SSH or mail


def _check_workers(client: Any, address: str) -> Any:
    try:
        client.wait_for_workers(1, timeout=TIMEOUT_SECONDS)
    except TimeoutError:
        raise RequestError(
            f"--scheduler {address}: the scheduler has no workers\n"
            f"    start some with: dask worker {address}"
        ) from None
    try:
        engines = client.run(engine_fingerprint)
    except Exception as error:
        raise RequestError(
            f"--scheduler {address}: its workers cannot load this package: {error}\n"
            "    install the same version where they run"
        ) from None
    own = _local_fingerprint()
    if others := sorted(worker for worker, engine in engines.items() if engine != own):
        raise RequestError(
            f"--scheduler {address}: another version of this package is installed at "
            f"{', '.join(others)}\n    results would differ; install the same version everywhere"
        )
    return client


def _local_fingerprint() -> str:
    return engine_fingerprint()
