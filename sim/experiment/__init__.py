"""From a scenario to a folder of results: what is asked, who lives it, and what is written.

    question    what decides the results, and the name that follows from it
    run         answers a question: reads the answer that is there, or has the worlds lived
    limits      how much may be asked at once, and what it would cost
    blocks      the worlds, cut into pieces that fit into memory
    workers     the blocks lived, here or in several processes, in the order of the worlds
    record      one results folder, from the first block to the last line
    tables, metrics, intervals, manifest    what stands in it
    folder      complete or absent: how it comes into being
    results     reading it again

The parts that meet Mesa or Parquet are imported only once there are worlds to live.
"""
