"""What the commands do, one module a kind; imported only when a command runs."""
