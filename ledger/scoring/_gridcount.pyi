import numpy as np
from numpy.typing import NDArray

def count(
    forecast: NDArray[np.float64], outcome: NDArray[np.float64 | np.uint8], table: NDArray[np.int64], /
) -> bool: ...
