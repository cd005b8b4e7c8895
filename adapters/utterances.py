"""Gathering a caller's audio utterance by utterance, for recognizers that transcribe whole utterances."""
