"""What is true of a call, whatever carries it: values, policies and state machines of the standard library.

The words of this project, one for each thing:

call           from answer to hang-up
leg            one party's end of the line
line           what plays in real time
frame          20 ms of 8 kHz slin audio (units on the wire are messages)
utterance      the caller's speech between two silences
hypothesis     what the recognizer believes, interim or final
turn           one party's say, as remembered
transcript     the turns of a call
entry          one thing that happened in a call, as it is kept
archive        where the entries of all calls are kept and found
endpointing    finding the end of an utterance
barge-in       the caller interrupting a reply
reply          the agent's answer, from model to last frame
clause         the piece of a reply that is voiced at once
announcement   fixed words with audio prepared beforehand
hush           stop the reply now; hold: stop it for the moment
instructions   what the model is told
caller, agent, operator   the human outside, the machine, the human inside
arrival        a call announced before its leg
hand over      give the caller to an operator
"""
