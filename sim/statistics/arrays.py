"""The kinds of array that statistics are computed on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]
FloatArray = NDArray[np.float64]
"""Numbers of any shape."""
ClusterIndices = NDArray[np.intp]
"""The cluster of each observation, (observation,), counted from 0."""
