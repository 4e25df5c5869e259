"""One module a command: what its words mean, and what people see of its answer."""
