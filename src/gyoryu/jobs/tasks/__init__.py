"""The worker, and the tasks that are everybody's."""
