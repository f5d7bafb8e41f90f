"""What an operator sees of the service: the log of requests, and metrics of all workers on a port of their own."""
