"""Alliance dynamics, lived through month by month in many possible worlds."""

__version__ = "0.1.0"
