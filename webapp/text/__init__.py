"""What pages and images say, in words of one language."""
