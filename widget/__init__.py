"""The face of young people and parents: pages, browser modules, loader and sockets of the visitor origin."""
