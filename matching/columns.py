"""Arrays that grow at their end."""

from typing import Any, Self

import numpy as np
from numpy.typing import NDArray


class Column:
    """Numbers of one type; appending takes amortised constant time."""

    __slots__ = ("_cells", "_size")

    def __init__(self, dtype: type[np.generic]) -> None:
        self._cells: NDArray[Any] = np.zeros(4, dtype=dtype)
        self._size = 0

    @classmethod
    def holding(cls, values: NDArray[Any]) -> Self:
        """A column of these numbers, which are not copied until it grows."""
        column = cls.__new__(cls)
        column._cells = values if len(values) else np.zeros(4, dtype=values.dtype)
        column._size = len(values)
        return column

    def __len__(self) -> int:
        return self._size

    def append(self, value: float) -> None:
        """Add one number at the end."""
        if self._size == len(self._cells):
            self._cells = np.concatenate([self._cells, np.zeros_like(self._cells)])
        self._cells[self._size] = value
        self._size += 1

    @property
    def values(self) -> NDArray[Any]:
        """The numbers so far, not a copy."""
        return self._cells[: self._size]
