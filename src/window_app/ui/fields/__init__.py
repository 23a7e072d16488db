"""One editor per field type of the matter definitions; `registry.editor_for` finds it."""
