"""Values that are unpickled fast: they are what they were, and are made only of what they say."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, field

import pytest

from generator.pickling import pickled_fast


@pickled_fast
@dataclass(frozen=True, slots=True)
class Point:
    """A value with a field that follows from the others."""

    x: int
    y: tuple[str, ...]
    sum: str = field(init=False, default="", compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sum", f"{self.x}{len(self.y)}")


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_a_value_comes_back_as_it_was(protocol: int) -> None:
    """All its fields, also those that are not compared, are as they were."""
    point = Point(1, ("a", "b"))
    back = pickle.loads(pickle.dumps(point, protocol))  # noqa: S301 - made here
    assert back == point
    assert back.sum == "12"
    assert hash(back) == hash(point)


def test_a_copy_is_equal() -> None:
    """What copies by way of the same protocol copies all fields."""
    point = Point(1, ("a",))
    assert copy.copy(point) == point
    assert copy.deepcopy(point).sum == point.sum


def test_a_value_stays_frozen() -> None:
    """Nothing but unpickling writes its fields."""
    back = pickle.loads(pickle.dumps(Point(1, ())))  # noqa: S301 - made here
    with pytest.raises(FrozenInstanceError):
        back.x = 2


def test_a_value_of_another_shape_is_refused() -> None:
    """What was pickled with fewer fields, by an earlier version, does not pass for a value."""
    point = Point(1, ())
    with pytest.raises(ValueError, match="zip"):
        point.__setstate__([1, ()])  # type: ignore[attr-defined]  # made by the decorator
