"""What can be chosen about an image."""
