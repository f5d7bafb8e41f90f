"""What is said of an image beside its map: alternative text, caption, credit and notes."""
