"""What a request may cost: sizes, times and numbers in line. docs/operating.md has the same table."""

# Drawing and deriving, per worker.
MAX_PROCESSES = 2  # one of them is never kept by what is large
MAX_WAITING = 24  # results in line
MAX_READERS = 256  # requests that wait for results, each in a thread
MAX_WAIT_S = 60.0  # in line
LIMIT_S = 60.0  # of work
START_LIMIT_S = 60.0  # until a process begins; only what is broken takes longer
LOCK_WAIT_S = 15.0  # for another worker that makes the same; then it is made twice
LARGE_PIXELS = 4_000_000  # an image of more is large

# Requests.
LONGEST_URL = 8000  # characters, as many as RFC 9110 wants at least; all options of an image, in Chinese, take 6,500

# Connections, per worker.
OTHER_THREADS = 32  # for requests that wait for nothing
CONNECTIONS = 8192  # a silent one takes a file and a few KB until it is closed
BACKLOG = 4096  # connections that wait to be accepted, as many as Linux allows
SILENT_S = 10  # a connection that says nothing for so long, or not all of its header, is closed

# A stop.
LAST_WORDS_S = 2.0  # after the operator's time is over: to respond with 503, before the workers are killed
