"""Reports of the school year in the desk: made, checked, signed, frozen and read, each from its stored text alone."""
