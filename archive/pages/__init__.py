"""What a reader sees: one module a noun, each view find → narrow → respond."""
