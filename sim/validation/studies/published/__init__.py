"""Published results: figures that others printed, computed again with the model's own rules.

A result is tested where one of the model's functions has it as a special case. The data and the
order of moves that an example needs are in this package; the rules under test are in
`sim/model/theory`. A result that no rule of the model bears on is left out, with the reason.
"""

from sim.validation.studies.published.study import PROCEDURES, evaluate_result, run_published

__all__ = ["PROCEDURES", "evaluate_result", "run_published"]
