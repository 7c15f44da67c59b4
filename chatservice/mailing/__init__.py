"""Mail to staff: numbers, a time and the desk's address; nothing of a visitor."""
