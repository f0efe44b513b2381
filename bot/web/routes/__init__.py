"""Routes, one noun a file: translate in, call a service, translate out."""
