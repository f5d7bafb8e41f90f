"""What is built and served: a row and a writer for each file of an edition and for each layer that all share."""
