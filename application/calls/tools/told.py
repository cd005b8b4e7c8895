"""What the model is told of a tool's work: compact JSON, the caller's own letters in it."""

import json


def told(**fields: object) -> str:
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
