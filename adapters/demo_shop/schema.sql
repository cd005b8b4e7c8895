-- The demo shop's database.  Amounts are kopecks; days and times are ISO text on Kyiv's clock.

CREATE TABLE tires (
    id TEXT PRIMARY KEY,
    brand TEXT NOT NULL,
    model TEXT NOT NULL,
    width INTEGER NOT NULL,
    profile INTEGER NOT NULL,
    diameter INTEGER NOT NULL,
    season TEXT NOT NULL,
    load_index TEXT NOT NULL,
    speed_index TEXT NOT NULL,
    price INTEGER NOT NULL,
    old_price INTEGER,
    quantity INTEGER NOT NULL CHECK (quantity >= 0),
    popularity INTEGER NOT NULL,
    features TEXT NOT NULL
) STRICT;
CREATE INDEX tires_by_size ON tires (width, profile, diameter, season);

CREATE TABLE orders (
    id TEXT PRIMARY KEY,
    number TEXT UNIQUE,
    status TEXT NOT NULL,
    phone TEXT NOT NULL,
    customer_name TEXT,
    source TEXT,
    call_id TEXT,
    delivery_type TEXT,
    city TEXT,
    address TEXT,
    pickup_point_id TEXT,
    delivery_cost INTEGER,
    delivery_days INTEGER,
    payment_method TEXT,
    send_sms INTEGER NOT NULL DEFAULT 0,
    estimated_delivery TEXT,
    tracking_number TEXT,
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX orders_by_phone ON orders (phone);

CREATE TABLE order_items (
    order_id TEXT NOT NULL REFERENCES orders (id),
    position INTEGER NOT NULL,
    tire_id TEXT NOT NULL REFERENCES tires (id),
    name TEXT NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    price INTEGER NOT NULL,
    PRIMARY KEY (order_id, position)
) STRICT;

CREATE TABLE bookings (
    id TEXT PRIMARY KEY,
    status TEXT NOT NULL,
    station_id TEXT NOT NULL,
    date TEXT NOT NULL,
    time TEXT NOT NULL,
    service_type TEXT NOT NULL,
    phone TEXT NOT NULL,
    customer_name TEXT NOT NULL,
    vehicle_info TEXT NOT NULL,
    tire_diameter INTEGER,
    storage_contract TEXT,
    source TEXT,
    call_id TEXT,
    created_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX one_booking_a_slot ON bookings (station_id, date, time) WHERE status = 'booked';

-- What an administrator has said of a slot, over what chance says: 1 is free, 0 is full.
CREATE TABLE slots (
    station_id TEXT NOT NULL,
    date TEXT NOT NULL,
    time TEXT NOT NULL,
    available INTEGER NOT NULL,
    PRIMARY KEY (station_id, date, time)
) STRICT;

CREATE TABLE storage_contracts (
    number TEXT PRIMARY KEY,
    phone TEXT NOT NULL,
    place TEXT NOT NULL,
    items TEXT NOT NULL,
    debt INTEGER NOT NULL
) STRICT;

CREATE TABLE counters (
    name TEXT PRIMARY KEY,
    next INTEGER NOT NULL
) STRICT;

CREATE TABLE answers (
    key TEXT PRIMARY KEY,
    request TEXT NOT NULL,
    document TEXT NOT NULL,
    answered_at REAL NOT NULL
) STRICT;
