"""Who waits where, in which order, who takes next, and how long it takes."""
