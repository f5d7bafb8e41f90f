"""Where map, legend and words stand in an image, and how they look."""
