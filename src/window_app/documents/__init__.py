"""Papers: typesetting, fonts, PDF, signature and verification. The only place that knows reportlab."""
