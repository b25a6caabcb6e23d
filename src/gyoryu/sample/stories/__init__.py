"""The stories of the sample, one module each: real dates and figures, our words, invented names."""
