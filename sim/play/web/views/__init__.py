"""What each page sees: a phone its own delegation, the projector what all may see."""
