"""Public pages of bulletins: an archive for everybody, apart from the talk, which leads to none of them."""
