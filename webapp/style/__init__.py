"""The styles of zones and context, their themes, and the stylesheet made of them."""
