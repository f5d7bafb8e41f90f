"""The server: granian with its workers."""
