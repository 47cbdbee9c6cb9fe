"""`python -m sim` is the command `sim`."""


def main() -> None:
    """Run the command line, which a worker process that loads this module does not need."""
    from sim.cli.app import main as run_command  # noqa: PLC0415

    run_command()


if __name__ == "__main__":
    main()
