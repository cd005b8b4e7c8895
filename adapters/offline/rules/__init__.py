"""What the offline model goes by: how words are read, what the caller is about, what comes next and how it is said.

Rule 1: everything is read off the turns of the prompt, each time anew.
Rule 2: a figure that is said comes from a tool's result, or from the caller.
"""
