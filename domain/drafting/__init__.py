"""Making a draft of a feature out of a call: people's data replaced, what was said in steps, what came of it."""
