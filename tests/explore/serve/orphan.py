"""A server with a process of its own, to be killed; it prints the number of the process."""

from __future__ import annotations

import os
import time

from sim.explore.serve.worlds import spawn_pool


def main() -> None:
    """Begin a process, say which, and wait to be killed."""
    pool = spawn_pool(1)
    print(pool.submit(os.getpid).result(), flush=True)
    time.sleep(30)


if __name__ == "__main__":
    main()
