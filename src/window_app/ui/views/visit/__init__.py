"""The visit page: one page that grows from who to the receipt."""
