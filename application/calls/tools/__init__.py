"""What the agent may do: a toolbox, and the tools of the shop, a file a flow."""
