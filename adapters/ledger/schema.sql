CREATE TABLE IF NOT EXISTS promises (
    key TEXT PRIMARY KEY,
    caller TEXT NOT NULL,
    call_id TEXT NOT NULL,
    deed TEXT NOT NULL,
    content TEXT NOT NULL,
    at TEXT NOT NULL, -- of one form, in UTC: the order of the texts is that of the moments
    state TEXT NOT NULL,
    number TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS promises_of_callers ON promises (caller, at);
CREATE INDEX IF NOT EXISTS promises_by_age ON promises (at);
CREATE TABLE IF NOT EXISTS callbacks (
    key TEXT PRIMARY KEY,
    call_id TEXT NOT NULL,
    number TEXT NOT NULL,
    preferred_time TEXT NOT NULL,
    note TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL,
    state TEXT NOT NULL,
    by TEXT NOT NULL,
    remark TEXT NOT NULL,
    changed TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS callbacks_by_age ON callbacks (state, at);
CREATE INDEX IF NOT EXISTS callbacks_followed_up ON callbacks (state, changed);
CREATE INDEX IF NOT EXISTS callbacks_of_callers ON callbacks (number, at);
CREATE TABLE IF NOT EXISTS profiles (
    caller TEXT PRIMARY KEY,
    name TEXT,
    city TEXT,
    vehicle TEXT,
    delivery_address TEXT
) STRICT;
