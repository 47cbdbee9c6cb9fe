"""The blocks lived by a Dask cluster: whatever machines its workers sit on.

Workers need this package in the same version, which is asked of them before the first block.
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
"""Seconds within which a scheduler must answer and have a worker."""


class Cluster:
    """A connection to a scheduler.

    Attributes:
        executor: what blocks are submitted to.
        workers: how many blocks can be lived at a time.
    """

    def __init__(self, client: Any, address: str) -> None:
        self._client, self._address = client, address
        self.executor: Executor = client.get_executor(pure=False)
        self.workers = sum(client.nthreads().values())

    def is_alive(self) -> bool:
        """Whether the scheduler is still there and has somebody to live worlds."""
        try:
            return bool(self._client.status == "running" and self._client.nthreads())
        except Exception:  # whatever it is, the scheduler did not answer
            return False


@contextmanager
def connect_cluster(address: str) -> Iterator[Cluster]:
    """Yield the cluster whose scheduler listens at an address.

    Raises:
        RequestError: Dask is not installed; nobody answers there; or its workers cannot live
            worlds as this process would.
    """
    client = _connect(address)
    try:
        yield Cluster(_check_workers(client, address), address)
    finally:
        with suppress(Exception):  # it may be the scheduler that is gone
            client.close(timeout=TIMEOUT_SECONDS)


def _connect(address: str) -> Any:
    try:
        from distributed import Client  # noqa: PLC0415  an extra, and slow to load
    except ImportError:
        raise RequestError(
            f"--scheduler {address}: Dask is not installed\n"
            '    install it with: pip install "alliance-sim[cluster]"'
        ) from None
    for name in ("distributed", "distributed.client"):  # we say ourselves what is wrong
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
    """See whether somebody opens and speaks first, as a scheduler does; Dask itself might wait."""
    from distributed.comm.addressing import get_address_host_port, parse_address  # noqa: PLC0415

    host, port = get_address_host_port(address)
    if parse_address(address)[0] != "tcp":
        return
    with socket.create_connection((host, port), timeout=TIMEOUT_SECONDS) as line:
        if not line.recv(1):
            raise ConnectionError


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
            "    install it where they run, in the same version"
        ) from None
    here = _local_fingerprint()
    if others := sorted(worker for worker, engine in engines.items() if engine != here):
        raise RequestError(
            f"--scheduler {address}: another version of this package is installed at "
            f"{', '.join(others)}\n    results would be of two kinds; install the same everywhere"
        )
    return client


def _local_fingerprint() -> str:
    return engine_fingerprint()
