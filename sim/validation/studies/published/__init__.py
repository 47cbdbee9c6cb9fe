"""Published results: what others printed, worked out again with the model's own rules.

A result is tried where the engine has the piece, as a special case of one of its functions. What
the example needs besides, such as its figures and the order of its moves, stands here; what it is
to test stands in `sim/model/theory`. What no rule of the engine uses is left out, with the reason.
"""

from sim.validation.studies.published.study import RESULT_FUNCTIONS, run_published

__all__ = ["RESULT_FUNCTIONS", "run_published"]
