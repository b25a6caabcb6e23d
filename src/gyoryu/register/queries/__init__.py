"""What is known of the register: the roll of a day, what was published, what differs since."""
