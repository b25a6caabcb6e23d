"""What is known of trade: events, meetings, dealings, centres, malls."""
