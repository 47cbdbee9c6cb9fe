"""The examples of the Python pages, for mypy; python .ci/examples.py writes them here."""
# ruff: noqa
# fmt: off


def python() -> None:
    import sim

    pact = sim.run("pact", worlds=50, months=12)
    print(pact.folder)  # such as results/pact-0123abcd

    pact = sim.run("pact", more_worlds=10, months=12)
    assert len(pact.worlds) == 60

    again = sim.rerun(pact.folder)
    assert not again.different

    points = sim.sweep("pact", vary=["rules.honour.reputation=0.2:1.2:3"], worlds=10, months=3)
    disputes = points.worlds.groupby("point")["disputes"].mean()
    points.design.set_index("point").join(disputes)

    pact = sim.load(pact.folder)

    wars = pact.events[pact.events["event"] == "war"]
    shown = pact.metrics.set_index("measure").loc[["war_wider", "provocations_dprk"]]
    by_reputation = pact.worlds["provocations_dprk"].corr(
        pact.assumptions["rules.honour.reputation"], method="spearman"
    )

    scenario = sim.read_scenario("pact", settings={"rules.honour.reputation": 1.2})
    assert scenario.rules.honour.reputation.value == 1.2
    treaty = scenario.treaties["pact_2024"]

    listed = sim.scenarios("theory")  # a row each, with title and question
    contents = sim.check("pact")  # what it consists of; an error lists every problem
    found = sim.find("reputation")
    print(found.keys[["key", "value"]], found.measures)
    print(sim.why("pact", "rules.honour.reputation"))
    judged = sim.sources("pact").query("grade == 'judgement'")
    print(sim.cite("pact").bibtex)
    mine = sim.new("mine", base="pact", settings={"rules.honour.reputation": 1.2})
    properties = sim.schema()["properties"]

    levels = {"treaties.pact_2024.concluded": [True, False], "rules.honour.reputation": [0.6, 1.2]}
    worlds = sim.batch("pact", levels, measures=["war_wider", "disputes"], worlds=20, months=3)
    means = worlds.groupby(list(levels))["disputes"].mean()

    comparison = sim.compare(pact, "no_pact", months=12)
    print(comparison.inputs[["key", "side", "text"]])
    columns = ["difference", "low", "high", "added", "averted"]
    print(comparison.differences.set_index("measure")[columns])

    first, *_, last = points.design["point"]
    comparison = sim.compare(points.folder / first, points.folder / last)
    comparison = sim.compare(points)

    split = sim.attribute("pact", "no_pact", mechanism="memory", worlds=20, months=3, out="split")
    split.frame()

    drawn = sim.plot(pact, "no_pact", figure="outcomes", out="figures")
    print(drawn[0].finding)
    tension = sim.chart(pact, figure="fan-tension_dprk").properties(width=500)

    report = sim.page(pact, "no_pact", html="report.html")

    crises = sim.stress("pact", "no_pact", crisis="korea:rok@war", only=True, worlds=50)
    print("\n".join(crises.findings))
    aid = crises.cells.query("outcome == 'aid' and level == 'any' and actor == 'russia'")
    crises.differences.query("outcome == 'third_party'")[["difference", "low", "high"]]

    sim.explorer("pact", to="explorer.html", worlds=200, months=6, quick=True)

    rates = sim.measure_choices("pact", worlds=200)
    change = sim.compare_choices("pact", "no_pact", worlds=200)
    whole = change[change["through"] == "all"].set_index(["kind", "actor", "towards"])
    print(whole.loc[("challenge", "rok", "dprk"), ["relative", "relative_low", "relative_high"]])

    result = sim.sensitivity(
        "pact",
        measure="provocations_dprk",
        factors=["provokers.dprk.rate", "provokers.dprk.excitation"],
        method="morris",
        samples=4,
        worlds=4,
        months=3,
    )
    for index in result.indices:
        print(index.key, index.total_effect.value, index.total_effect.low, index.total_effect.high)
    print(
        result.variance_split.parameter_share.value
    )  # the rest of the variance is due to random draws

    rules = sim.discover(pact, measure="provocations_dprk", above=60).rules

    checks = sim.validate(part="published").frame()

    strongest = sim.levers()["key"][:5]
    print(sim.tip("pact", outcome="war_wider", to="<.05"))

    split = sim.compare_theories("pact", measure="troops_arms_2023", draws=20, months=6)
    print(split.set_index("name").loc[["theory", "assumptions", "chance"], "value"])
    print(split[split["what"] == "mean"])

    given = sim.condition(pact, on=["provocation by 3", "not new_war by 12"])
    print(given.left, given.effective, given.steps)
    print(given.measures.set_index("measure")[["overall", "conditional", "difference"]])
    learnt = given.assumptions.query("differs")

    story = sim.tell(pact, world=17)
    print(story)
    decisions = [line for month in story.record["months"] for line in month["told"] if "why" in line]

    print(sim.diff("pact", "no_pact", world=17))

    lesson = sim.lesson("no_pact", worlds=20)
    print(lesson.task)

    sim.lessons()
    print(lesson.answer)
    sim.play_class("pact", hot_seat=True)
    decisions = sim.moves("our_game.toml")
    sim.debrief("our_game.toml", html="our_game.html")

    stored = sim.results()
    sim.export(pact, "pact.xlsx")
    sim.export(pact, "measures.csv", sep=";")
    sim.export(points, "points.tar.gz")

    from sim.errors import ResultsError

    try:
        sim.load("results/gone")
    except ResultsError as error:
        print(error)  # results/gone: there is no such folder


def ema() -> None:
    import sim
    from ema_workbench import Policy, perform_experiments

    promise = "treaties.pact_2024.concluded"
    model = sim.ema_model(
        "pact",
        levers=[promise],
        outcomes=["war_wider", "provocations_dprk"],
        uncertainties=["rules.honour"],
        worlds=20,
        months=3,
    )
    policies = [Policy("pact", **{promise: True}), Policy("no pact", **{promise: False})]
    experiments, outcomes = perform_experiments(
        model, scenarios=4, policies=policies, evaluator=sim.ema_evaluator(model)
    )

    table = sim.robustness(
        experiments,
        outcomes,
        better={"war_wider": "low", "provocations_dprk": "low"},
        good_enough={"war_wider": 0.1},
    )
    print(table[["policy", "outcome", "mean", "worst", "regret_max", "share_best", "share_good"]])

    world = sim.WorldModel("pact", world=17, months=6)
    while world.running:
        world.step()
    months = world.datacollector.get_model_vars_dataframe()  # row 0 is the opening day
    agents = world.datacollector.get_agent_vars_dataframe()
    russia = world.agents.select(lambda agent: agent.code == "russia")
    print(world.measures()["provocations_dprk"], len(world.events()))
