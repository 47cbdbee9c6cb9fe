"""Pure functions of the theory: vectors in, vectors out; each names the work it comes from."""
