"""Opening hours: when the service says that it is open, and why not."""
