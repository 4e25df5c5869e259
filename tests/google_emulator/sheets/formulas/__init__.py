"""A small, honest evaluator of formulas: the common operators and functions, and an error value for everything else."""
