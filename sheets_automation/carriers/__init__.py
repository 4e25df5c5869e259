"""Carriers: what takes letters to people. Each states its promise in its docstring."""
