Feature: Interrupting, in English
  A caller who interrupts is heard at once.

  Scenario: The caller cuts the agent short and asks for something else
    Given the conversation is in English
    And the agent will read out a list of 20 items
    And to "what about winter ones" the agent will answer "We have these."
    And a caller is on the line
    When the caller says "read me the list"
    And the agent is heard to say "Item 2."
    And the caller interrupts: "what about winter ones"
    Then the agent is heard to say "We have these."
    And the agent stopped at once
    And "Item 20." was never heard
    And the transcript marks the agent as cut off after "Item 1." and before "Item 5."

  Scenario: Okay and a cough do not stop the agent
    Given the conversation is in English
    And the agent will read out a list of 5 items
    And a caller is on the line
    When the caller says "read me the list"
    And the agent is heard to say "Item 1."
    And the caller says "okay"
    And the agent is heard to say "Item 3."
    And the caller coughs
    Then the agent is heard to say "Item 5."
    And the agent was never cut off
    And the caller has spoken 1 time
