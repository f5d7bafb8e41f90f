"""The service as a folder of static files: what is in it, under which names, how it is written and checked."""
