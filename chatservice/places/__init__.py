"""Areas, municipalities, schools and the pages that embed the chat."""
