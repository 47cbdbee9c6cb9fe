"""`python -m sim` is the command `sim`."""

from sim.cli.app import main

if __name__ == "__main__":
    main()
