"""Earlier versions of what was built, in a workspace: each with the bytes that it had."""
