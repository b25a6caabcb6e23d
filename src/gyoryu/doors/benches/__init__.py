"""What is measured, part by part; each part yields timings or figures (doors/bench.py)."""
