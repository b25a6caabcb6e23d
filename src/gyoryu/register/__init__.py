"""The public register of agreements: numbered publications, open to anybody."""
