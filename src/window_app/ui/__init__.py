"""The window: views that show and signal, presenters that know nothing of Qt. The only place with PySide6."""
