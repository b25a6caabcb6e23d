"""Screens of jobs, and what queues a long list's file."""
