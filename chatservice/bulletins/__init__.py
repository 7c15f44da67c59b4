"""Bulletins for everybody: three figures of a frozen report with two sentences each, written, published, kept."""
