"""The build: editions written as files, with their catalogue."""
