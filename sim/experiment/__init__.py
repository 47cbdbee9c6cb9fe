"""From a scenario to a folder of results.

    run         runs a scenario: reads existing results, or simulates the missing worlds
    run_until   the same, adding worlds until a measure is known precisely enough
    sweep       the same for many points at once
    rerun       simulates the worlds of finished results again and compares the tables
    engine      the engine as an argument: what simulates worlds and names the measures
    limits      how many worlds may be requested at once, and what they cost
    blocks      worlds cut into blocks
    base        a scenario that points are made from
    headlines   the measures of the short table
    design      the content of a sweep: factors, samples, points
    execution   simulates blocks in this process, in several, or in a cluster
    storage     what is stored on disk: checkpoints, tables, manifests, results folders
    layout      the names of the files of a results folder

The parts that need Mesa or Arrow are imported only when there are worlds to simulate.
"""
