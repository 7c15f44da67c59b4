"""Risk: frames over concepts, read from data files that professionals can read and own."""
