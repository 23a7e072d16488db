"""The screens of an office: its queue, its decisions."""
