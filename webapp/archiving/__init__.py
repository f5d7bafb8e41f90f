"""Archives of many days: what is wanted of each edition, tasks that make it, and a Dask cluster that runs them."""
