"""What the shop decides: facts, figures, playbooks and verdicts, free of any framework."""
