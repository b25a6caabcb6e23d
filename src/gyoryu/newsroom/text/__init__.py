"""What feeds and pages share: bytes become text, text becomes times, markup becomes paragraphs."""
