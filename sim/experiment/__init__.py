"""From a scenario to a folder of results: what is asked, who lives it, and what is written.

    question    what decides the results, and the name that follows from it
    run         answers a question: reads the answer that is there, or has the worlds lived
    until       the same, adding worlds until a measure is known well enough
    sweep       the same for many points at once: factors, samples, points say which
    rerun       lives finished results once more and compares, once they are restored
    limits      how much may be asked at once, and what it would cost
    labour      has worlds lived, in blocks, by workers here or in a cluster; each is a task
    keep        the folder in the making: blocks on the disk as they are lived, in pieces
    record      puts a results folder together
    tables, metrics, intervals, manifest    what stands in it
    folder      complete or absent: how it comes into being
    results     reading it again

The parts that meet Mesa or Parquet are imported only once there are worlds to live.
"""
