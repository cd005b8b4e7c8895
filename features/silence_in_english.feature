Feature: A silent caller, in English
  A caller who falls silent in the middle hears the question again.

  Scenario: The question that waits for an answer is asked again
    Given the conversation is in English
    And the agent is not patient with silence
    And the agent will answer "Which size?"
    And a caller is on the line
    When the caller says "four tyres please"
    Then the agent is heard to say "Which size?"
    And the agent is heard to say "Which size?"
    And "How can I help?" was never heard
    And the caller is still with the agent
