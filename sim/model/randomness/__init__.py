"""Random streams with a key for every draw, and the parameters sampled from them."""
