"""What is varied, as it may be written, and the points that come of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from sim.errors import RequestError
from sim.experiment.design.design import Design, DesignPoint, build_design
from sim.experiment.design.factors import Factor, split_levels
from sim.experiment.limits import MAX_POINTS
from sim.experiment.storage.run_key import compute_point_id, run_key
from sim.scenario.load import LoadedScenario
from tests.experiment.conftest import Ask
from tests.scenario.folder import Folder

REPUTATION = "rules.honour.reputation"


def factors(ask: Ask, *vary: str) -> tuple[Factor, ...]:
    return build_design(ask(), vary).factors


def refusal(
    loaded: LoadedScenario, *vary: str, sample: str | None = None, over: Sequence[str] = ()
) -> str:
    with pytest.raises(RequestError) as error:
        _ = build_design(loaded, vary, sample, over).points
    return str(error.value)


def levels(design: Design) -> list[tuple[object, ...]]:
    return [tuple(point.levels.values()) for point in design.points]


class TestWriting:
    """Values as a list, or as a range from low to high with so many of them."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (f"{REPUTATION}=0.6,1.2,1.8", (0.6, 1.2, 1.8)),
            (f"{REPUTATION} = 1", (1,)),
            (f"{REPUTATION}=0.6:1.8:3", (0.6, 1.2000000000000002, 1.8)),
            (f"{REPUTATION}=low:high:2", (0.6, 1.8)),
            ("months=12:36:3", (12, 24, 36)),
            ("mechanisms.memory=true,false", (True, False)),
            ("treaties.pact.parties=aland", None),
        ],
    )
    def test_values(self, ask: Ask, text: str, expected: tuple[object, ...] | None) -> None:
        if expected is None:
            assert "treaties.pact.parties: should be a list" in refusal(ask(), text)
        else:
            [design] = factors(ask, text)
            assert design.levels == expected

    def test_a_scenario_may_say_what_is_varied(self, ask: Ask) -> None:
        loaded = ask(
            'sweep.vary={"rules.honour.reputation"=[0.6, 1.8], "months"="12:24:2"}',
            'sweep.sample="lhs:3"',
            'sweep.over=["rules.honour.busy"]',
        )
        design = build_design(loaded)
        assert design.keys == (REPUTATION, "months", "rules.honour.busy")
        assert design.point_count == 12

    def test_the_command_counts_more_than_the_scenario(self, ask: Ask) -> None:
        loaded = ask('sweep.vary={"months"=[3, 4]}', 'sweep.sample="lhs:3"')
        design = build_design(loaded, ["months=5", f"{REPUTATION}=1"], "")
        assert levels(design) == [(5, 1)]

    def test_what_is_varied_is_not_part_of_the_key_of_a_run(self, ask: Ask) -> None:
        assert run_key(ask('sweep.vary={"months"=[3, 4]}')) == run_key(ask())


class TestRefusals:
    """A message names the option, what is wrong and what is allowed."""

    @pytest.mark.parametrize(
        ("vary", "message"),
        [
            (
                "rules.honour.reputaton=1",
                "did you mean 'rules.honour.reputation'?",
            ),
            (
                f"{REPUTATION}=1,9",
                f"--vary {REPUTATION}: 9 is outside its range\n    allowed: from 0.6 to 1.8 any",
            ),
            (f"{REPUTATION}=1,much", f"--vary {REPUTATION}: is a number, and 'much' is not"),
            (f"{REPUTATION}=1,1", f"--vary {REPUTATION}: 1 is given twice"),
            (
                f"{REPUTATION}=1.2:0.6:3",
                f"--vary {REPUTATION}: a range goes upwards, and 0.6 is not above 1.2",
            ),
            (
                f"{REPUTATION}=0.6:1.2:1",
                (
                    f"--vary {REPUTATION}: 1 is not a number of levels for a range\n"
                    "    allowed: 2 to 10,000, as in 0.2:0.8:4"
                ),
            ),
            (
                f"{REPUTATION}=few:many:3",
                f"--vary {REPUTATION}: a range goes from number to number, and few is not a number",
            ),
            (
                REPUTATION,
                (
                    f"--vary {REPUTATION}: is not of the form key=values\n"
                    "    for example: --vary rules.honour.reputation=0.6,1.2 or =low:high:5"
                ),
            ),
            ("seed=1,2", "--vary seed: cannot be varied; all points have the same random draws"),
            (
                "worlds=1,2",
                (
                    "--vary worlds: cannot be varied; all points have the same worlds; "
                    "--worlds says how many"
                ),
            ),
            ("months=1.5", "--vary months: should be a whole number (given: 1.5)"),
            (
                "treaties.pact.replaces=friendship,frendship",
                "--vary treaties.pact.replaces: 'frendship' is not a known treaty",
            ),
            (
                "wars.crossing.rivalry=strat",
                (
                    "--vary wars.crossing.rivalry: 'strat' is not a known rivalry\n"
                    "    allowed: strait, mountains; did you mean 'strait'?"
                ),
            ),
            (
                "treaties.pact.replaces=a\x07",
                "--vary treaties.pact.replaces: contains the control character U+0007",
            ),
            ("mechanisms.memory=maybe", "--vary mechanisms.memory: should be true or false"),
        ],
    )
    def test_of_values(self, ask: Ask, vary: str, message: str) -> None:
        assert message in refusal(ask(), vary)

    def test_of_a_group(self, ask: Ask) -> None:
        message = refusal(ask(), "rules.honour=1")
        assert message.startswith(
            "--vary rules.honour: is a group of values, and one of them can be varied\n"
            "    such as rules.honour."
        )

    def test_of_a_grid_that_is_too_large_before_it_is_made(self, ask: Ask) -> None:
        keys = (REPUTATION, "rules.honour.busy", "rules.honour.worth")
        message = refusal(ask(), *(f"{key}=low:high:1000" for key in keys))
        assert message == (
            "1,000,000,000 points (1,000 x 1,000 x 1,000) are too many for one sweep\n"
            "    allowed: up to 10,000; a sample of as many, --sample lhs:1000, "
            "is more informative than a grid"
        )
        assert MAX_POINTS == 10_000

    def test_of_a_grid_times_a_sample_that_is_too_large(self, ask: Ask) -> None:
        message = refusal(ask(), f"{REPUTATION}=low:high:101", sample="lhs:100")
        assert message.startswith("10,100 points (101 x 100) are too many")

    @pytest.mark.parametrize("sample", ["lhs", "lhs:0", "lhs:x", "grid:5", ":5"])
    def test_of_a_sample_of_another_kind(self, ask: Ask, sample: str) -> None:
        assert refusal(ask(), sample=sample) == (
            f"--sample {sample}: is not a sample\n"
            "    allowed: lhs:N for a Latin hypercube, sobol:N for a Sobol sequence; N points"
        )

    def test_of_a_sobol_sequence_out_of_balance(self, ask: Ask) -> None:
        assert refusal(ask(), sample="sobol:100") == (
            "--sample sobol:100: a Sobol sequence is balanced at powers of two\n"
            "    such as sobol:64 or sobol:128"
        )

    def test_of_a_group_with_nothing_uncertain(self, ask: Ask) -> None:
        assert refusal(ask(), sample="lhs:4", over=["rules.honor"]) == (
            "--over rules.honor: contains no uncertain number\n    did you mean 'rules.honour'?"
        )

    def test_of_a_group_without_a_sample(self, ask: Ask) -> None:
        message = "--over: restricts a sample, and there is no --sample"
        assert refusal(ask(), over=["rules"]) == message

    def test_of_parts_that_do_not_fit_together_at_some_point(self, ask: Ask) -> None:
        message = refusal(
            ask(),
            "treaties.pact.signed=2024-06-01,2024-11-01",
            "treaties.pact.in_force=2024-10-01,2024-12-04",
        )
        assert message.startswith(
            "the point treaties.pact.signed=2024-11-01, treaties.pact.in_force=2024-10-01:\n"
            "treaties.pact.in_force: is before the day of signing"
        )


def test_without_factors_there_is_one_point(ask: Ask) -> None:
    design = build_design(ask())
    assert (design.point_count, levels(design), design.keys) == (1, [()], ())
    assert design.points[0].build_scenario() == ask().scenario


def test_every_level_meets_every_other_the_last_factor_first(ask: Ask) -> None:
    design = build_design(ask(), [f"{REPUTATION}=0.6,1.8", "mechanisms.memory=true,false"])
    assert levels(design) == [(0.6, True), (0.6, False), (1.8, True), (1.8, False)]


def test_a_point_is_the_scenario_with_these_values_fixed(ask: Ask) -> None:
    [point] = build_design(ask(), [f"{REPUTATION}=0.7", "months=5"]).points
    assert point.build_scenario() == ask(f"{REPUTATION}=0.7", "months=5").scenario


class TestIds:
    """An id is made of what decides the worlds of a point, and of nothing else."""

    def id_of(self, loaded: LoadedScenario, *vary: str) -> str:
        [point] = build_design(loaded, vary).points
        return point.id

    def test_they_are_short_and_the_same_again(self, ask: Ask) -> None:
        assert self.id_of(ask(), f"{REPUTATION}=1") == self.id_of(ask(), f"{REPUTATION}=1")
        assert len(self.id_of(ask())) == 12

    def test_what_else_is_varied_does_not_matter(self, ask: Ask) -> None:
        many = build_design(ask(), ["months=3,4", f"{REPUTATION}=0.6,0.9,1.2"])
        alone = self.id_of(ask(), f"{REPUTATION}=0.9", "months=4")
        assert alone in {point.id for point in many.points}

    def test_a_run_of_the_same_has_the_same(self, ask: Ask) -> None:
        assert self.id_of(ask(), "months=4") == run_key(ask("months=4")).point_id

    @pytest.mark.parametrize("setting", ["worlds=3", "seed=3", "months=3", f"{REPUTATION}=1"])
    def test_whatever_decides_the_worlds_matters(self, ask: Ask, setting: str) -> None:
        assert self.id_of(ask(setting)) != self.id_of(ask())

    def test_words_do_not(self, ask: Ask) -> None:
        assert self.id_of(ask('title="Another title"')) == self.id_of(ask())


class TestSamples:
    """Uncertain numbers sampled over their own ranges."""

    @pytest.mark.parametrize("sample", ["lhs:16", "sobol:16"])
    def test_every_number_stays_in_its_range_and_is_spread_over_it(
        self, ask: Ask, sample: str
    ) -> None:
        design = build_design(ask(), sample_spec=sample)
        numbers = dict(ask().scenario.iter_quantities())
        assert set(design.keys) == {key for key, number in numbers.items() if not number.is_fixed}
        for key in design.keys:
            values = {float(str(point.levels[key])) for point in design.points}
            assert len(values) == 16
            assert numbers[key].low <= min(values) < max(values) <= numbers[key].high

    def test_a_latin_hypercube_has_one_point_in_every_stratum(self, ask: Ask) -> None:
        key = "rules.honour.busy"
        loaded = ask(f'{key}.shape="uniform"')
        number = dict(loaded.scenario.iter_quantities())[key]
        values = [
            float(str(p.levels[key])) for p in build_design(loaded, sample_spec="lhs:10").points
        ]
        strata = sorted(int(10 * (v - number.low) / (number.high - number.low)) for v in values)
        assert strata == list(range(10))

    def test_what_is_varied_is_not_sampled(self, ask: Ask) -> None:
        design = build_design(ask(), [f"{REPUTATION}=1"], "lhs:3", ["rules.honour"])
        assert design.keys[0] == REPUTATION
        assert design.keys.count(REPUTATION) == 1
        assert all(key.startswith("rules.honour.") for key in design.keys)

    def test_it_is_the_same_again_and_other_with_another_seed(self, ask: Ask) -> None:
        first, again, other = (
            levels(build_design(ask(seed), sample_spec="lhs:3"))
            for seed in ("seed=1", "seed=1", "seed=2")
        )
        assert first == again != other

    def test_every_point_of_it_meets_every_level(self, ask: Ask) -> None:
        design = build_design(ask(), ["months=3,4"], "lhs:3", ["rules.honour.busy"])
        assert [point.levels["months"] for point in design.points] == [3, 3, 3, 4, 4, 4]
        cuts = [point.levels["rules.honour.busy"] for point in design.points]
        assert cuts[:3] == cuts[3:]


class TestScenarios:
    """The factor `scenario` takes files."""

    @pytest.fixture
    def folder(self, tmp_path: Path, ask: Ask) -> Folder:
        folder = Folder(tmp_path)
        folder.write("no_memory.toml", 'extends = "whole.toml"\nmechanisms.memory = false\n')
        folder.write("wordy.toml", 'extends = "whole.toml"\ntitle = "The same"\n')
        return folder

    def test_points_are_made_from_each(self, ask: Ask, folder: Folder) -> None:
        files = f"{folder.whole},{folder.path / 'no_memory.toml'}"
        design = build_design(ask(), [f"scenario={files}", "months=3"])
        assert levels(design) == [("whole", 3), ("no_memory", 3)]
        assert [point.build_scenario().mechanisms.memory for point in design.points] == [
            True,
            False,
        ]

    def test_all_have_the_luck_and_the_number_of_worlds_of_the_first(
        self, ask: Ask, folder: Folder
    ) -> None:
        folder.write("other.toml", 'extends = "whole.toml"\nseed = 99\nworlds = 3\nmonths = 2\n')
        [point] = build_design(ask(), [f"scenario={folder.path / 'other.toml'}"]).points
        scenario = point.build_scenario()
        assert (scenario.seed, scenario.worlds, scenario.months) == (7, 100, 2)

    def test_files_named_in_a_file_lie_beside_it(self, folder: Folder) -> None:
        text = '[sweep.vary]\nscenario = ["whole.toml", "no_memory.toml"]\n'
        folder.write("both.toml", f'extends = "whole.toml"\n{text}')
        assert levels(build_design(folder.load(name="both.toml"))) == [("whole",), ("no_memory",)]

    def test_two_that_differ_only_in_words_are_refused(self, ask: Ask, folder: Folder) -> None:
        message = refusal(ask(), f"scenario={folder.whole},{folder.path / 'wordy.toml'}")
        assert message.startswith("two points are the same: scenario=whole and scenario=wordy\n")

    def test_one_named_twice_is_refused(self, ask: Ask, folder: Folder) -> None:
        message = refusal(ask(), f"scenario={folder.whole},{folder.whole}")
        assert message == "--vary scenario: whole is named twice"


def test_points_forget_their_scenario(ask: Ask) -> None:
    [point] = build_design(ask()).points
    assert isinstance(point, DesignPoint)
    assert point.build_scenario() is not point.build_scenario()
    assert compute_point_id(point.build_scenario()) == point.id


class TestCommas:
    """A comma within quotation marks or brackets belongs to the level."""

    @pytest.mark.parametrize(
        ("text", "parts"),
        [
            ("0.6,1.2", ["0.6", "1.2"]),
            ('"a,b","c"', ['"a,b"', '"c"']),
            ("'a,b', c", ["'a,b'", "c"]),
            ('["a","b"],["c"]', ['["a","b"]', '["c"]']),
            ("{a=1,b=2}", ["{a=1,b=2}"]),
            (" , ", []),
        ],
    )
    def test_it_does_not_part_them(self, text: str, parts: list[str]) -> None:
        assert split_levels(text) == parts

    def test_a_list_is_no_level(self, ask: Ask) -> None:
        assert refusal(ask(), 'treaties.pact.obligations=["defence","offence"]') == (
            "--vary treaties.pact.obligations: a level is a number, a word or a date, not a list "
            "or a table\n    write each as a scenario file: --vary scenario=first.toml,second.toml"
        )

    def test_brackets_in_brackets_are_refused_too(self, ask: Ask) -> None:
        assert "not a list or a table" in refusal(ask(), f"title={'[' * 3000}")

    def test_a_range_without_end_is_refused(self, ask: Ask) -> None:
        assert refusal(ask(), f"{REPUTATION}=0:inf:3") == (
            f"--vary {REPUTATION}: a range goes from number to number, and inf is not a number"
        )
