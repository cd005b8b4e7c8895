"""What the product does, in the owner's words."""
