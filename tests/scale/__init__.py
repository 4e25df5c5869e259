"""How `relay run` grows: real processes on the emulator calibrate a model of ten thousand workbooks (docs/scale.md)."""
