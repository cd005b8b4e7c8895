"""A call, from answer to hang-up."""
