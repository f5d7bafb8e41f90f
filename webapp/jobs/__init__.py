"""Work that takes long, done once: a queue, a small pool of processes with a time limit, and results kept on disk.

A job is a pure function of a module with picklable arguments and a key that holds everything its result depends on.
"""
