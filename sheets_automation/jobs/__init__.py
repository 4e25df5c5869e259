"""What the program can do, one module a job, each a straight line through the ports."""
