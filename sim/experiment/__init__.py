"""From a scenario to a folder of results: what is asked, who lives it, and what is written.

    run         answers a question: reads the answer that is there, or has the worlds lived
    run_until   the same, adding worlds until a measure is known well enough
    sweep       the same for many points at once
    rerun       lives finished results once more and compares
    limits      how much may be asked at once, and what it would cost
    blocks      the worlds cut into blocks
    base        a scenario that points are made from
    headlines   which measures are shown first
    engine      the fingerprint of the engine, of what it executes
    patched     whether a rule of the engine was put aside in this process
    design      what a sweep consists of: factors, samples, points
    execution   has worlds lived, in blocks, by workers here or in a cluster; each is a task
    storage     what is kept on the disk: checkpoints, tables, manifests, results folders
    layout      the names of the files of a results folder

The parts that meet Mesa or Parquet are imported only once there are worlds to live.
"""
