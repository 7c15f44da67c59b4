"""What the service tells besides talking: other places to turn to."""
