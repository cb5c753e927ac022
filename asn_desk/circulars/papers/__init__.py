"""The paper that goes out: slips and collective lists, and where everything lies on them."""
