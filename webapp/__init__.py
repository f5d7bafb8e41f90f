"""Pages, downloads, API, images and the command line; reads what `layers` has built."""
