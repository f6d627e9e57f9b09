-- A record's database. All of it can be made again from the archive, the knowledge and the decisions.
-- Run again to bring an older one up to date: versions have only added tables.
-- `json` is the whole value as dateline.types has it; the other columns are what is asked for.

CREATE TABLE IF NOT EXISTS meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS captures (
    sha256    TEXT PRIMARY KEY,
    source    TEXT NOT NULL,
    url       TEXT,
    published TEXT,
    publisher TEXT
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS reports (
    id      TEXT PRIMARY KEY,
    sha256  TEXT NOT NULL,
    wire    TEXT,
    copy_of TEXT,
    start   TEXT,                    -- of its publication
    json    BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS reports_of_wire ON reports (wire);

CREATE TABLE IF NOT EXISTS claims (
    id     TEXT PRIMARY KEY,
    report TEXT NOT NULL,
    event  TEXT,                     -- null: background
    type   TEXT NOT NULL,
    json   BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS claims_of_event ON claims (event);

CREATE TABLE IF NOT EXISTS events (
    id       TEXT PRIMARY KEY,
    type     TEXT NOT NULL,
    modality TEXT NOT NULL,
    status   TEXT NOT NULL,
    first    TEXT,                   -- days; null: open
    last     TEXT,
    place    TEXT,
    within   TEXT,
    country  TEXT,                   -- of the place, ISO 3166-1 alpha-2
    json     BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS events_by_day ON events (first, id);

CREATE TABLE IF NOT EXISTS sides (                 -- who stands on which side of an event
    event   TEXT NOT NULL,
    side    TEXT NOT NULL,           -- 'actor' or 'target'
    id      TEXT,                    -- of the actor
    name    TEXT NOT NULL,
    country TEXT                     -- ISO 3166-1 alpha-3
);
CREATE INDEX IF NOT EXISTS sides_of_event ON sides (event);

CREATE TABLE IF NOT EXISTS problems (
    sha256  TEXT,                    -- of the capture; null: the file gave none
    code    TEXT NOT NULL,
    "where" TEXT NOT NULL,
    message TEXT NOT NULL,
    hint    TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS beginnings (            -- where the event is that begins, or once began, with a claim
    id    TEXT PRIMARY KEY,          -- of that event, made of the claim's
    event TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS runs (                  -- makings of the record, how it came to be so: no step reads them
    number    INTEGER PRIMARY KEY,
    at        TEXT,                  -- null: nobody said when
    version   TEXT NOT NULL,         -- digest of the code and the knowledge
    decisions INTEGER NOT NULL       -- lines of decisions.jsonl
);

CREATE TABLE IF NOT EXISTS changes (
    run   INTEGER NOT NULL,
    place INTEGER NOT NULL,          -- among those of the run
    event TEXT NOT NULL,
    json  BLOB NOT NULL,
    PRIMARY KEY (run, place)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS step_cache (            -- what a step gave for an input that has not changed
    step    TEXT NOT NULL,
    key     TEXT NOT NULL,           -- digest of the input and the version
    version TEXT NOT NULL,           -- digest of the code and the knowledge
    json    BLOB NOT NULL,
    PRIMARY KEY (step, key)
) WITHOUT ROWID;

-- The index of stories, by which a new report finds what it copies (store/wires.py). A text is a story, whatever report
-- prints it; texts, bands and passages are numbers of 64 bits made of words.

CREATE TABLE IF NOT EXISTS wire_reports (
    report   TEXT PRIMARY KEY,
    mark     TEXT NOT NULL,          -- digest of the report as it was placed, and of the version
    text     INTEGER NOT NULL,
    standing TEXT NOT NULL           -- sorts the likeliest original first
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS wire_reports_of_text ON wire_reports (text, standing);

CREATE TABLE IF NOT EXISTS wire_texts (
    text     INTEGER PRIMARY KEY,
    size     INTEGER NOT NULL,       -- in shingles
    original INTEGER NOT NULL        -- the text it copies, or itself
);

CREATE TABLE IF NOT EXISTS wire_bands (
    band INTEGER NOT NULL,
    text INTEGER NOT NULL,
    PRIMARY KEY (band, text)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS wire_passages (   -- until a passage is known to be the publisher's furniture
    passage INTEGER NOT NULL,        -- a passage as a publisher prints it
    opening INTEGER NOT NULL,        -- of the story that it stands in
    text    INTEGER NOT NULL,
    PRIMARY KEY (passage, opening, text)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS wire_links (
    copy     INTEGER NOT NULL,
    original INTEGER NOT NULL,
    share    REAL NOT NULL,          -- of the copy's words, that stand in the original
    PRIMARY KEY (copy, original)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS wire_links_to ON wire_links (original, copy, share);
