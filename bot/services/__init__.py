"""Use cases, one noun a file: they join the core to the outside through ports."""
