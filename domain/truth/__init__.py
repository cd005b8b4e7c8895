"""What may be said: claims of a sentence, facts of a call, and the gate between the model and the voice."""
