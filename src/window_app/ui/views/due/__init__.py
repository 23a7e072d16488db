"""What is due: the list, the panels that open and settle it; outage forms and typing one in."""
