-- A record's database. All of it can be made again from the archive, the knowledge and the decisions.
-- `json` is a whole value as dateline.types has it and as one step gave it; what other reports and people make of it
-- stands in columns beside it. The other columns are what is asked for.

CREATE TABLE IF NOT EXISTS meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS folders (               -- of the archive, as they were when last looked through
    name    TEXT PRIMARY KEY,
    changed INTEGER NOT NULL         -- their time of change, ns; 0: may have been changed since
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS captures (
    sha256    TEXT PRIMARY KEY,
    source    TEXT NOT NULL,
    url       TEXT,
    published TEXT,
    publisher TEXT,
    acts      TEXT NOT NULL,         -- digest of what is known of where it came from
    failed    INTEGER NOT NULL       -- whether a step raised: it is tried again
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS captures_failed ON captures (sha256) WHERE failed;

CREATE TABLE IF NOT EXISTS reports (
    id         TEXT PRIMARY KEY,
    sha256     TEXT NOT NULL,
    page       TEXT,                 -- that its address names
    url        TEXT,
    publisher  TEXT,
    agency     TEXT,
    language   TEXT,
    start      TEXT,                 -- of its publication, as it says
    day        TEXT,                 -- of its publication, as the other reports settle it
    original   TEXT,                 -- of its story, as the texts tell
    wire       TEXT,
    copy_of    TEXT,
    version_of TEXT,
    withdraws  INTEGER NOT NULL,     -- whether it has a note that takes something back
    json       BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS reports_of_capture ON reports (sha256);
CREATE INDEX IF NOT EXISTS reports_of_page ON reports (page);
CREATE INDEX IF NOT EXISTS reports_at ON reports (url);
CREATE INDEX IF NOT EXISTS reports_of_story ON reports (original);
CREATE INDEX IF NOT EXISTS reports_of_wire ON reports (wire);
CREATE INDEX IF NOT EXISTS copies_of ON reports (copy_of) WHERE copy_of NOT NULL;
CREATE INDEX IF NOT EXISTS versions_of ON reports (version_of) WHERE version_of NOT NULL;
CREATE INDEX IF NOT EXISTS reports_by_publisher ON reports (
    publisher, coalesce(day, substr(start, 1, 10), ''), id, day, start, copy_of, agency, language
);                                   -- all that is told of publishers, so that telling it reads no json
CREATE INDEX IF NOT EXISTS withdrawals ON reports (publisher, coalesce(day, substr(start, 1, 10), '')) WHERE withdraws;

CREATE TABLE IF NOT EXISTS claims (
    id        TEXT PRIMARY KEY,
    report    TEXT NOT NULL,
    event     TEXT,                  -- null: background
    beginning TEXT NOT NULL,         -- the id of the event that begins, or once began, with it
    type      TEXT NOT NULL,
    passage   INTEGER,               -- that tells it
    confidence REAL NOT NULL,        -- from 0 to 1
    json      BLOB NOT NULL,
    corrected BLOB                   -- as people corrected it
);
CREATE INDEX IF NOT EXISTS claims_of_report ON claims (report);
CREATE INDEX IF NOT EXISTS claims_of_event ON claims (event, report, confidence);
CREATE INDEX IF NOT EXISTS claims_of_passage ON claims (passage, event);
CREATE INDEX IF NOT EXISTS claims_by_beginning ON claims (beginning);
CREATE INDEX IF NOT EXISTS claims_by_stance ON claims (
    json_extract(CAST(coalesce(corrected, json) AS TEXT), '$.stance'), id
);
CREATE INDEX IF NOT EXISTS claims_corrected ON claims (id) WHERE corrected NOT NULL;

CREATE TABLE IF NOT EXISTS events (
    number          INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given again
    id              TEXT NOT NULL UNIQUE,
    position        TEXT NOT NULL,   -- sorts events by first day, last day and id; those without a day last
    type            TEXT NOT NULL,
    mode            TEXT,
    modality        TEXT NOT NULL,
    status          TEXT NOT NULL,
    first           TEXT,            -- days; null: open
    last            TEXT,
    precision       TEXT NOT NULL,   -- of the days
    place           TEXT,
    within          TEXT,
    country         TEXT,            -- of the place, ISO 3166-1 alpha-2
    place_precision TEXT,
    lat             REAL,            -- null too where only the province or the country is known
    lon             REAL,
    review          TEXT,
    json            BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS events_in_time ON events (
    position, type, mode, modality, status, first, last, precision, place, within, country, place_precision, lat, lon,
    review
);                                   -- all that is asked for, so that asking reads no json
CREATE INDEX IF NOT EXISTS events_by_place ON events (place, within);
CREATE INDEX IF NOT EXISTS events_within ON events (within);

CREATE TABLE IF NOT EXISTS sides (                 -- who stands on which side of an event
    event   TEXT NOT NULL,
    side    TEXT NOT NULL,           -- 'actor' or 'target'
    id      TEXT,                    -- of the actor
    name    TEXT NOT NULL,
    country TEXT                     -- ISO 3166-1 alpha-3
);
CREATE INDEX IF NOT EXISTS sides_of_event ON sides (event, side, id, name, country);
CREATE INDEX IF NOT EXISTS sides_by_name ON sides (name, side, event);
CREATE INDEX IF NOT EXISTS sides_by_id ON sides (id, side, event);
CREATE INDEX IF NOT EXISTS sides_by_country ON sides (country, side, event);

CREATE TABLE IF NOT EXISTS voices (                -- who says something of an event
    event   TEXT NOT NULL,
    speaker TEXT,                    -- null: the reports themselves
    stance  TEXT NOT NULL,
    about   TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS voices_of_event ON voices (event, speaker, stance);
CREATE INDEX IF NOT EXISTS voices_by_speaker ON voices (speaker, event);

CREATE TABLE IF NOT EXISTS passages (              -- of the reports' texts, and their titles, to be searched
    number INTEGER PRIMARY KEY,
    report TEXT NOT NULL,
    start  INTEGER NOT NULL          -- in the text; -1: the title
);
CREATE INDEX IF NOT EXISTS passages_of_report ON passages (report, start);

CREATE VIRTUAL TABLE IF NOT EXISTS passage_words USING fts5(
    words,                           -- of the passage whose number is the rowid
    tokenize = "unicode61 remove_diacritics 2"
);

CREATE TABLE IF NOT EXISTS problems (
    sha256  TEXT,                    -- of the capture; null: of no capture
    of      TEXT NOT NULL,           -- 'capture', 'unread', or the number of a decision
    code    TEXT NOT NULL,
    "where" TEXT NOT NULL,
    message TEXT NOT NULL,
    hint    TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS problems_of_capture ON problems (sha256);
CREATE INDEX IF NOT EXISTS problems_of ON problems (of) WHERE of <> 'capture';

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
CREATE INDEX IF NOT EXISTS changes_of_event ON changes (event);
CREATE INDEX IF NOT EXISTS changes_by_kind ON changes (run, json_extract(CAST(json AS TEXT), '$.what'));

CREATE TABLE IF NOT EXISTS change_counts (         -- changes of a run by what became of the events
    run    INTEGER NOT NULL,
    what   TEXT NOT NULL,
    events INTEGER NOT NULL,
    PRIMARY KEY (run, what)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS step_cache (            -- what a step gave for what is still to be put into the tables above
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

-- By what an undated report finds dated ones that tell of the same (store/ties.py).

CREATE TABLE IF NOT EXISTS ties (
    key     INTEGER NOT NULL,
    witness INTEGER NOT NULL,        -- whether the claim tells a day; else its report has none
    claim   TEXT NOT NULL,
    report  TEXT NOT NULL,
    PRIMARY KEY (key, witness, claim)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS ties_of_report ON ties (report);

-- The ledger: the claims that make events, in the order of telling, by which a new one finds those that may be of its
-- event (store/gathered.py).

CREATE TABLE IF NOT EXISTS gathered (
    number     INTEGER PRIMARY KEY,
    claim      TEXT NOT NULL UNIQUE,
    telling    TEXT NOT NULL,        -- its place in the order of telling
    thread     TEXT NOT NULL,
    home       TEXT,                 -- the first claim of its event
    home_order TEXT,                 -- the place of that in the order of telling
    likeness   REAL,                 -- to the event when it joined; null: it opened it, or its thread did
    unlocated  TEXT,                 -- the name of its place, if that has no point of its own
    located    TEXT,                 -- the name and point of its place, as an atlas has it
    entry      BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS gathered_by_thread ON gathered (thread, telling);
CREATE INDEX IF NOT EXISTS gathered_by_home ON gathered (home, telling);
CREATE INDEX IF NOT EXISTS gathered_unlocated ON gathered (unlocated) WHERE unlocated NOT NULL;

CREATE TABLE IF NOT EXISTS gathered_keys (
    key    INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (key, number)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS atlas (                 -- where places are that claims name
    name   TEXT NOT NULL,
    place  TEXT NOT NULL,            -- as JSON
    claims INTEGER NOT NULL,         -- that say so
    PRIMARY KEY (name, place)
) WITHOUT ROWID;
