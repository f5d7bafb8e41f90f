"""Layout of map, legend and text in an image, and their look."""
