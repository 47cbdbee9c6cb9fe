"""The basis of choices: expectations, calls, strength and willingness; and the draw of each."""
