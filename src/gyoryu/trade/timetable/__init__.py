"""The meeting engine: who meets whom, when, and at which table.

Plain values in, plain values out; nothing here knows of a database or of a clock.
"""
