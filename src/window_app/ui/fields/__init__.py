"""One editor per field type of the matter definitions; `editors.editor_for` finds it."""
