"""The outside world: databases, files, other services; each module with one library."""
