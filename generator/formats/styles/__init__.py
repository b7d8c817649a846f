"""The styles of formatted references, one module each, and the words they are put together from."""
