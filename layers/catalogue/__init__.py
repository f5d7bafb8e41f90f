"""The catalogue: the built layers as the service and the command line read them."""
