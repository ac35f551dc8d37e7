BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'rectify','0001_ledger','2026-11-30 10:37:12.622347+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'rectify','0002_reports','2026-11-30 10:37:12.629120+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'rectify','0003_returns','2026-11-30 10:37:12.634076+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'rectify','0004_escalation','2026-11-30 10:37:12.643121+00:00');
INSERT INTO "_sqlite_migrations" VALUES(5,'rectify','0006_in_progress','2026-11-30 10:37:12.649936+00:00');
INSERT INTO "_sqlite_migrations" VALUES(6,'rectify','0007_withdrawals','2026-11-30 10:37:12.653245+00:00');
INSERT INTO "_sqlite_migrations" VALUES(7,'rectify','0008_people','2026-11-30 10:37:12.657888+00:00');
INSERT INTO "_sqlite_migrations" VALUES(8,'rectify','0009_phone','2026-11-30 10:37:12.661059+00:00');
CREATE TABLE batch (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    who TEXT NOT NULL,
    recorded_at TEXT NOT NULL,              -- UTC
    recorded_on TEXT NOT NULL,              -- the author's calendar date
    reason TEXT,
    undoes INTEGER REFERENCES batch (id)
);
INSERT INTO "batch" VALUES(1,'regions','rectify','2020-01-15T01:00:00Z','2020-01-15',NULL,NULL);
INSERT INTO "batch" VALUES(2,'seed','rectify','2020-01-15T01:00:00Z','2020-01-15',NULL,NULL);
INSERT INTO "batch" VALUES(3,'add','root','2020-03-06T01:00:00Z','2020-03-06',NULL,NULL);
INSERT INTO "batch" VALUES(4,'add','root','2020-03-06T01:00:00Z','2020-03-06',NULL,NULL);
INSERT INTO "batch" VALUES(5,'set','root','2020-03-06T01:00:00Z','2020-03-06',NULL,NULL);
INSERT INTO "batch" VALUES(6,'set','root','2020-03-06T01:00:00Z','2020-03-06',NULL,NULL);
INSERT INTO "batch" VALUES(7,'cases','root','2020-03-06T01:00:00Z','2020-03-06',NULL,NULL);
INSERT INTO "batch" VALUES(8,'set','root','2020-03-06T01:00:00Z','2020-03-06',NULL,NULL);
CREATE TABLE case_region (
    region_id INTEGER NOT NULL REFERENCES region (id),
    case_id INTEGER NOT NULL REFERENCES complaint_case (id),
    PRIMARY KEY (region_id, case_id)
) WITHOUT ROWID;
INSERT INTO "case_region" VALUES(3,1);
CREATE TABLE complaint_case (
    id INTEGER PRIMARY KEY,
    rev INTEGER NOT NULL,
    programme_id INTEGER NOT NULL REFERENCES programme (id),
    number TEXT NOT NULL,
    number_key TEXT NOT NULL,
    batch TEXT,
    passed_on TEXT,
    complaint TEXT NOT NULL,
    regions TEXT NOT NULL,                  -- region ids, comma between; the first is the main one
    region_id INTEGER NOT NULL REFERENCES region (id),
    types TEXT,                             -- pollution types, comma between
    findings TEXT,
    substantiated TEXT CHECK (substantiated IN ('yes', 'mostly', 'partly', 'no')),
    measures TEXT,
    status TEXT NOT NULL CHECK (status IN ('closed', 'interim', 'open')),
    status_on TEXT NOT NULL,
    closed_on TEXT,
    ordered INTEGER,                        -- units ordered to rectify
    fined_yuan INTEGER,
    investigated INTEGER,
    detained_administrative INTEGER,
    detained_criminal INTEGER,
    interviewed INTEGER,
    held_accountable INTEGER,
    key_case INTEGER NOT NULL CHECK (key_case IN (0, 1)),
    duplicate_of INTEGER REFERENCES complaint_case (id),
    latitude REAL,
    longitude REAL,
    note TEXT,
    reconstructed INTEGER NOT NULL CHECK (reconstructed IN (0, 1)),
    source TEXT,
    last_on TEXT NOT NULL,
    UNIQUE (programme_id, number)
);
INSERT INTO "complaint_case" VALUES(1,2,1,'D1','D000000001',NULL,'2020-01-18','','3',3,NULL,NULL,NULL,NULL,'closed','2020-03-06','2020-02-01',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,0,NULL,'2020-03-06');
CREATE TABLE escalation (
    id INTEGER PRIMARY KEY,
    rev INTEGER NOT NULL,
    step TEXT NOT NULL,
    region_id INTEGER NOT NULL REFERENCES region (id),
    programmes TEXT NOT NULL,               -- programme ids, comma between
    issued TEXT,                            -- as written
    cause TEXT,
    source TEXT
, unit_id INTEGER REFERENCES unit (id), item_ids TEXT, issued_on TEXT, due_on TEXT, answer TEXT, answered_on TEXT);
CREATE TABLE figure (
    id INTEGER PRIMARY KEY,
    rev INTEGER NOT NULL,
    programme_id INTEGER REFERENCES programme (id),
    region_id INTEGER REFERENCES region (id),
    subject TEXT NOT NULL,
    what TEXT NOT NULL,
    value TEXT NOT NULL,
    unit TEXT,
    as_of TEXT,
    text TEXT,
    source TEXT NOT NULL
);
CREATE TABLE history (
    seq INTEGER PRIMARY KEY,
    batch_id INTEGER NOT NULL REFERENCES batch (id),
    entity TEXT NOT NULL,
    entity_id INTEGER NOT NULL,
    field TEXT NOT NULL,                    -- '' where a whole record appears or goes
    old TEXT,
    new TEXT,
    effective_on TEXT NOT NULL,
    retracts INTEGER REFERENCES history (seq),
    hash TEXT NOT NULL                      -- SHA-256 over the hash before and this row
);
INSERT INTO "history" VALUES(1,1,'region',1,'',NULL,'{"code": "000000", "name": "全国", "name_en": "National", "kind": "nation", "depth": 0, "parent_id": null}','1949-10-01',NULL,'610bb4850659fd66111bc0c37e4597f6300f6faaaaca2b9c8f236baa00bd4ebb');
INSERT INTO "history" VALUES(2,1,'region',2,'',NULL,'{"code": "230000", "name": "甲省", "name_en": "Jia", "kind": "province", "depth": 1, "parent_id": 1}','1949-10-01',NULL,'c6a0df706d196f1948cd2c72b149d13374220fcfa9e84cc60312a6d08a1f6002');
INSERT INTO "history" VALUES(3,1,'region',3,'',NULL,'{"code": "230100", "name": "甲一市", "name_en": null, "kind": "city", "depth": 2, "parent_id": 2}','1949-10-01',NULL,'5be5a98eea4b79020fe5c6c5f60da36765cdac15123125e95ef3522882b941d2');
INSERT INTO "history" VALUES(4,1,'region',4,'',NULL,'{"code": "230102", "name": "甲一东区", "name_en": null, "kind": "county", "depth": 3, "parent_id": 3}','1949-10-01',NULL,'041e17fc279f9cfecb383a0c42a51b6bbbc23356d343831c57054aeb43178887');
INSERT INTO "history" VALUES(5,1,'region',5,'',NULL,'{"code": "230103", "name": "甲一西区", "name_en": null, "kind": "county", "depth": 3, "parent_id": 3}','1949-10-01',NULL,'fc642424eb8dc7d03b710bba6d753636cc3038cf7b6c156dda9698bf21389862');
INSERT INTO "history" VALUES(6,1,'region',6,'',NULL,'{"code": "230200", "name": "甲二市", "name_en": null, "kind": "city", "depth": 2, "parent_id": 2}','1949-10-01',NULL,'d27e2e1959f8623e7dba77216bc1be7aaeffec807c7390391a15b38b7bbba72d');
INSERT INTO "history" VALUES(7,1,'region',7,'',NULL,'{"code": "239001", "name": "甲直县", "name_en": null, "kind": "county", "depth": 2, "parent_id": 2}','1949-10-01',NULL,'80cd5da5064d8b6689953f1c95eeea8869cc991cff448cc3170b4a09a778b901');
INSERT INTO "history" VALUES(8,1,'region',8,'',NULL,'{"code": "140000", "name": "乙省", "name_en": "Yi", "kind": "province", "depth": 1, "parent_id": 1}','1949-10-01',NULL,'d21a700246d6eda0eae5e9e56192cf460db1716b0e47bfbce580ac5a1e6da22d');
INSERT INTO "history" VALUES(9,1,'region',9,'',NULL,'{"code": "140100", "name": "乙一市", "name_en": null, "kind": "city", "depth": 2, "parent_id": 8}','1949-10-01',NULL,'08c38f447730afb1ef83132b48cab15d1620adc703384fe3662323ae570007ec');
INSERT INTO "history" VALUES(10,1,'region',10,'',NULL,'{"code": "140105", "name": "乙一县", "name_en": null, "kind": "county", "depth": 3, "parent_id": 9}','1949-10-01',NULL,'cea436ddc8aa602a93424f2fed550440e55dae388d0f990bbb7eaacfe6f88a81');
INSERT INTO "history" VALUES(11,2,'region',11,'',NULL,'{"code": null, "name": "甲一开发区", "name_en": null, "kind": "zone", "depth": 3, "parent_id": 3}','2020-01-15',NULL,'2874729ef42845cd9764f7d780c1115c941ab4eb1fafac5fda0896c3d5093aba');
INSERT INTO "history" VALUES(12,2,'region',12,'',NULL,'{"code": null, "name": "甲省兵团", "name_en": null, "kind": "corps", "depth": 2, "parent_id": 2}','2020-01-15',NULL,'04bb8afbaec02e4ae50e2631c7799b2f3740462b69704b2eebf0273260878707');
INSERT INTO "history" VALUES(13,2,'programme',1,'',NULL,'{"code": "ONE", "name": "ONE 整改方案", "kind": "campaign", "region_id": 2, "year": 2020, "name_en": null, "cutoff": null, "simulated": 0, "source": null}','2020-01-15',NULL,'638d6fc47a74c5265931c11bdd744d1acedb7a2e9ad6ba3900d7358e7c331079');
INSERT INTO "history" VALUES(14,2,'programme',2,'',NULL,'{"code": "TWO", "name": "TWO 整改方案", "kind": "campaign", "region_id": 2, "year": 2020, "name_en": null, "cutoff": null, "simulated": 0, "source": null}','2020-01-15',NULL,'19ed698e490db00d908a5d205b488171bca646cb961e72a53f6d68de8e28210b');
INSERT INTO "history" VALUES(15,2,'programme',3,'',NULL,'{"code": "ALL", "name": "ALL 整改方案", "kind": "campaign", "region_id": 1, "year": 2020, "name_en": null, "cutoff": null, "simulated": 0, "source": null}','2020-01-15',NULL,'356ac74f848066f465dad1c1aeb01878db3f597fcd9257b494ffd056de267621');
INSERT INTO "history" VALUES(16,3,'unit',1,'',NULL,'{"name": "甲局", "region_id": null}','2020-03-06',NULL,'772012a35b6269c6fc2ee42a013b3b031f1108f31aa29123d89e6d61180381ee');
INSERT INTO "history" VALUES(17,3,'item',1,'',NULL,'{"programme_id": 1, "number": "1", "problem": "", "status": "behind", "progress": null, "deadline": "2020年2月底前", "deadline_kind": "due", "due_on": "2020-02-29", "start_on": null, "region_id": 3, "responsible_id": 1, "lead_id": null, "supervising_id": null, "verification": "unverified", "note": null, "reason": null, "next_step": null, "next_on": null, "cooperating": null, "person": null, "leader": null, "contact": null, "phone": null, "put_off_until": null, "reviewed_on": null, "goal": null, "merged_item_id": null, "merged_programme_id": null, "reconstructed": 0, "source": null}','2020-01-20',NULL,'b41256a22a5d7d27260922af9065397ec2bb372295980db51f6b9d1fbe596d8b');
INSERT INTO "history" VALUES(18,4,'item',2,'',NULL,'{"programme_id": 1, "number": "2", "problem": "", "status": "not_started", "progress": null, "deadline": null, "deadline_kind": "none", "due_on": null, "start_on": "2020-02-01", "region_id": 6, "responsible_id": null, "lead_id": null, "supervising_id": null, "verification": "unverified", "note": null, "reason": null, "next_step": null, "next_on": null, "cooperating": null, "person": null, "leader": null, "contact": null, "phone": null, "put_off_until": null, "reviewed_on": null, "goal": null, "merged_item_id": null, "merged_programme_id": null, "reconstructed": 0, "source": null}','2020-01-20',NULL,'0643998e51934cc61cf21d457ca388901ceabe8f1810427a0e2649b5a5bbe08f');
INSERT INTO "history" VALUES(19,5,'item',1,'region_id','3','6','2020-03-01',NULL,'0a7b908cd1cd917280ce95fafee77ef4662148609bdcb874d752f09ab059956b');
INSERT INTO "history" VALUES(20,5,'item',1,'deadline','"2020年2月底前"','"2020年底前"','2020-03-01',NULL,'b8cc6de6d6634626b54e9fb5bdcc3545ac8a055e533b515633268edaa6ae46ba');
INSERT INTO "history" VALUES(21,5,'item',1,'due_on','"2020-02-29"','"2020-12-31"','2020-03-01',NULL,'962ebb62f1e87d3cfb82099d2ab2b2b0bf07b410767a70c22d877ceaaca90cd3');
INSERT INTO "history" VALUES(22,6,'item',2,'start_on','"2020-02-01"','"2020-04-01"','2020-03-05',NULL,'6a649b3dfa5eafd521788b47aaa9d56c79fd60e82c12f43fef0f256c696a856f');
INSERT INTO "history" VALUES(23,7,'case',1,'',NULL,'{"programme_id": 1, "number": "D1", "complaint": "", "status": "open", "batch": null, "passed_on": "2020-01-18", "closed_on": null, "regions": "3", "region_id": 3, "types": null, "substantiated": null, "findings": null, "measures": null, "ordered": null, "fined_yuan": null, "investigated": null, "detained_administrative": null, "detained_criminal": null, "interviewed": null, "held_accountable": null, "key_case": 0, "duplicate_of": null, "latitude": null, "longitude": null, "note": null, "reconstructed": 0, "source": null}','2020-03-06',NULL,'d11d0c9dd1fef3934918a2f4188f126c7899ba6d964832dc6668e68f4954107e');
INSERT INTO "history" VALUES(24,8,'case',1,'status','"open"','"closed"','2020-03-06',NULL,'bfb7c291acfe09aa6abc572c770126397a831e6d1acc5869ac7e1db43891bc57');
INSERT INTO "history" VALUES(25,8,'case',1,'closed_on',NULL,'"2020-02-01"','2020-03-06',NULL,'9ea9a8c0aecdc1f79ff79116592f9338b97ce9fe649ad57092ac459c72d9d3f6');
CREATE TABLE intake_file (
    id INTEGER PRIMARY KEY,
    rev INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('return', 'items', 'cases', 'regions', 'figures')),
    name TEXT NOT NULL,
    sheet TEXT NOT NULL,
    digest TEXT NOT NULL,                   -- SHA-256 of the file
    rows_read INTEGER NOT NULL,
    rows_taken INTEGER NOT NULL,
    rows_refused INTEGER NOT NULL,
    return_sheet_id INTEGER REFERENCES return_sheet (id),
    CHECK (rows_read = rows_taken + rows_refused)
);
CREATE TABLE item (
    id INTEGER PRIMARY KEY,
    rev INTEGER NOT NULL,
    programme_id INTEGER NOT NULL REFERENCES programme (id),
    number TEXT NOT NULL,
    number_key TEXT NOT NULL,               -- the number with padded digits, for sorting
    problem TEXT NOT NULL,
    region_id INTEGER NOT NULL REFERENCES region (id),
    responsible_id INTEGER REFERENCES unit (id),
    lead_id INTEGER REFERENCES unit (id),
    supervising_id INTEGER REFERENCES unit (id),
    goal TEXT,
    deadline TEXT,                          -- as written
    deadline_kind TEXT NOT NULL,
    due_on TEXT,                            -- as read
    start_on TEXT,
    progress INTEGER CHECK (progress BETWEEN 0 AND 100),
    note TEXT,
    status TEXT NOT NULL CHECK (status IN ('completed', 'basically_completed', 'ahead',
        'on_schedule', 'not_started', 'behind', 'not_completed', 'merged', 'in_progress')),
    status_on TEXT NOT NULL,                -- since when the status holds
    verification TEXT NOT NULL CHECK (verification IN ('unverified', 'confirmed', 'refuted')),
    merged_item_id INTEGER REFERENCES item (id),
    merged_programme_id INTEGER REFERENCES programme (id),
    reconstructed INTEGER NOT NULL CHECK (reconstructed IN (0, 1)),
    source TEXT,
    last_on TEXT NOT NULL,                  -- the latest effective date of any change
    reason TEXT,                            -- why it is behind, as last said
    next_step TEXT,
    next_on TEXT,                           -- the day by which the next step is promised
    reviewed_on TEXT,
    put_off_until TEXT, cooperating TEXT, person TEXT, leader TEXT, contact TEXT, phone TEXT,
    CHECK ((status = 'merged') = (merged_item_id IS NOT NULL OR merged_programme_id IS NOT NULL)),
    UNIQUE (programme_id, number)
);
INSERT INTO "item" VALUES(1,2,1,'1','000000001','',6,1,NULL,NULL,NULL,'2020年底前','due','2020-12-31',NULL,NULL,NULL,'behind','2020-01-20','unverified',NULL,NULL,0,NULL,'2020-03-01',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "item" VALUES(2,2,1,'2','000000002','',6,NULL,NULL,NULL,NULL,NULL,'none',NULL,'2020-04-01',NULL,NULL,'not_started','2020-01-20','unverified',NULL,NULL,0,NULL,'2020-03-05',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE measure (
    id INTEGER PRIMARY KEY,
    rev INTEGER NOT NULL,
    item_id INTEGER NOT NULL REFERENCES item (id),
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    source TEXT
);
CREATE TABLE milestone (
    id INTEGER PRIMARY KEY,
    rev INTEGER NOT NULL,
    measure_id INTEGER NOT NULL REFERENCES measure (id),
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    due TEXT,                               -- as written
    due_on TEXT,                            -- as read
    done TEXT,
    done_on TEXT
);
CREATE TABLE programme (
    id INTEGER PRIMARY KEY,
    rev INTEGER NOT NULL,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_en TEXT,
    kind TEXT NOT NULL CHECK (kind IN ('inspection', 'look_back', 'campaign')),
    region_id INTEGER NOT NULL REFERENCES region (id),
    year INTEGER NOT NULL,
    cutoff TEXT,
    simulated INTEGER NOT NULL CHECK (simulated IN (0, 1)),
    source TEXT
);
INSERT INTO "programme" VALUES(1,1,'ONE','ONE 整改方案',NULL,'campaign',2,2020,NULL,0,NULL);
INSERT INTO "programme" VALUES(2,1,'TWO','TWO 整改方案',NULL,'campaign',2,2020,NULL,0,NULL);
INSERT INTO "programme" VALUES(3,1,'ALL','ALL 整改方案',NULL,'campaign',1,2020,NULL,0,NULL);
CREATE TABLE region (
    id INTEGER PRIMARY KEY,
    rev INTEGER NOT NULL,
    code TEXT UNIQUE,                       -- GB/T 2260; NULL for zones, departments and the like
    name TEXT NOT NULL,
    name_en TEXT,
    kind TEXT NOT NULL CHECK (kind IN ('nation', 'province', 'city', 'county', 'zone', 'new_area',
                                       'corps', 'enterprise', 'department')),
    depth INTEGER NOT NULL CHECK (depth BETWEEN 0 AND 3),
    parent_id INTEGER REFERENCES region (id)
);
INSERT INTO "region" VALUES(1,1,'000000','全国','National','nation',0,NULL);
INSERT INTO "region" VALUES(2,1,'230000','甲省','Jia','province',1,1);
INSERT INTO "region" VALUES(3,1,'230100','甲一市',NULL,'city',2,2);
INSERT INTO "region" VALUES(4,1,'230102','甲一东区',NULL,'county',3,3);
INSERT INTO "region" VALUES(5,1,'230103','甲一西区',NULL,'county',3,3);
INSERT INTO "region" VALUES(6,1,'230200','甲二市',NULL,'city',2,2);
INSERT INTO "region" VALUES(7,1,'239001','甲直县',NULL,'county',2,2);
INSERT INTO "region" VALUES(8,1,'140000','乙省','Yi','province',1,1);
INSERT INTO "region" VALUES(9,1,'140100','乙一市',NULL,'city',2,8);
INSERT INTO "region" VALUES(10,1,'140105','乙一县',NULL,'county',3,9);
INSERT INTO "region" VALUES(11,1,NULL,'甲一开发区',NULL,'zone',3,3);
INSERT INTO "region" VALUES(12,1,NULL,'甲省兵团',NULL,'corps',2,2);
CREATE TABLE region_ladder (
    region_id INTEGER NOT NULL REFERENCES region (id),
    depth INTEGER NOT NULL,
    place_id INTEGER NOT NULL REFERENCES region (id),
    parent_id INTEGER NOT NULL,
    PRIMARY KEY (region_id, depth)
) WITHOUT ROWID;
INSERT INTO "region_ladder" VALUES(1,0,1,0);
INSERT INTO "region_ladder" VALUES(1,1,1,1);
INSERT INTO "region_ladder" VALUES(1,2,1,1);
INSERT INTO "region_ladder" VALUES(1,3,1,1);
INSERT INTO "region_ladder" VALUES(2,0,1,0);
INSERT INTO "region_ladder" VALUES(2,1,2,1);
INSERT INTO "region_ladder" VALUES(2,2,2,2);
INSERT INTO "region_ladder" VALUES(2,3,2,2);
INSERT INTO "region_ladder" VALUES(3,0,1,0);
INSERT INTO "region_ladder" VALUES(3,1,2,1);
INSERT INTO "region_ladder" VALUES(3,2,3,2);
INSERT INTO "region_ladder" VALUES(3,3,3,3);
INSERT INTO "region_ladder" VALUES(4,0,1,0);
INSERT INTO "region_ladder" VALUES(4,1,2,1);
INSERT INTO "region_ladder" VALUES(4,2,3,2);
INSERT INTO "region_ladder" VALUES(4,3,4,3);
INSERT INTO "region_ladder" VALUES(5,0,1,0);
INSERT INTO "region_ladder" VALUES(5,1,2,1);
INSERT INTO "region_ladder" VALUES(5,2,3,2);
INSERT INTO "region_ladder" VALUES(5,3,5,3);
INSERT INTO "region_ladder" VALUES(6,0,1,0);
INSERT INTO "region_ladder" VALUES(6,1,2,1);
INSERT INTO "region_ladder" VALUES(6,2,6,2);
INSERT INTO "region_ladder" VALUES(6,3,6,6);
INSERT INTO "region_ladder" VALUES(7,0,1,0);
INSERT INTO "region_ladder" VALUES(7,1,2,1);
INSERT INTO "region_ladder" VALUES(7,2,7,2);
INSERT INTO "region_ladder" VALUES(7,3,7,7);
INSERT INTO "region_ladder" VALUES(8,0,1,0);
INSERT INTO "region_ladder" VALUES(8,1,8,1);
INSERT INTO "region_ladder" VALUES(8,2,8,8);
INSERT INTO "region_ladder" VALUES(8,3,8,8);
INSERT INTO "region_ladder" VALUES(9,0,1,0);
INSERT INTO "region_ladder" VALUES(9,1,8,1);
INSERT INTO "region_ladder" VALUES(9,2,9,8);
INSERT INTO "region_ladder" VALUES(9,3,9,9);
INSERT INTO "region_ladder" VALUES(10,0,1,0);
INSERT INTO "region_ladder" VALUES(10,1,8,1);
INSERT INTO "region_ladder" VALUES(10,2,9,8);
INSERT INTO "region_ladder" VALUES(10,3,10,9);
INSERT INTO "region_ladder" VALUES(11,0,1,0);
INSERT INTO "region_ladder" VALUES(11,1,2,1);
INSERT INTO "region_ladder" VALUES(11,2,3,2);
INSERT INTO "region_ladder" VALUES(11,3,11,3);
INSERT INTO "region_ladder" VALUES(12,0,1,0);
INSERT INTO "region_ladder" VALUES(12,1,2,1);
INSERT INTO "region_ladder" VALUES(12,2,12,2);
INSERT INTO "region_ladder" VALUES(12,3,12,12);
CREATE TABLE report (
    id INTEGER PRIMARY KEY,
    rev INTEGER NOT NULL,
    name TEXT NOT NULL,
    period TEXT NOT NULL CHECK (period IN ('week', 'month', 'quarter', 'half_year')),
    first_on TEXT NOT NULL,
    cutoff TEXT NOT NULL,
    programme_id INTEGER REFERENCES programme (id),  -- NULL where all programmes are in it
    lines_by TEXT NOT NULL CHECK (lines_by IN ('province', 'city', 'county', 'unit')),
    settings TEXT NOT NULL,                 -- JSON: how the office wanted it
    figures TEXT NOT NULL,                  -- JSON: every count in it, in no language
    body TEXT NOT NULL,                     -- JSON: the report, in the language it was published in
    digest TEXT NOT NULL,                   -- of the body
    head_seq INTEGER NOT NULL,              -- the newest row of history at the freeze
    head_hash TEXT NOT NULL
, withdrawn TEXT);
CREATE TABLE return_sheet (
    id INTEGER PRIMARY KEY,
    rev INTEGER NOT NULL,
    code TEXT NOT NULL UNIQUE,              -- printed on the workbook and hidden in it
    programme_id INTEGER REFERENCES programme (id),  -- NULL where all programmes are in it
    region_id INTEGER REFERENCES region (id),
    unit_id INTEGER REFERENCES unit (id),
    cutoff TEXT NOT NULL,
    due_on TEXT NOT NULL,
    item_ids TEXT NOT NULL,                 -- comma between
    head_seq INTEGER NOT NULL,              -- the newest row of history that it shows
    head_hash TEXT NOT NULL,
    CHECK ((region_id IS NULL) <> (unit_id IS NULL))
);
CREATE TABLE rollup (
    depth INTEGER NOT NULL,
    grain TEXT NOT NULL CHECK (grain IN ('month', 'day')),
    period TEXT NOT NULL,
    parent_id INTEGER NOT NULL,
    place_id INTEGER NOT NULL,
    subject TEXT NOT NULL CHECK (subject IN ('item', 'case')),
    programme_id INTEGER NOT NULL,
    status TEXT NOT NULL,
    recorded_on TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (depth, grain, period, parent_id, place_id, subject, programme_id, status, recorded_on)
) WITHOUT ROWID;
INSERT INTO "rollup" VALUES(0,'day','2020-01-20',0,1,'item',1,'behind','2020-03-06',1);
INSERT INTO "rollup" VALUES(0,'day','2020-01-20',0,1,'item',1,'not_started','2020-03-06',1);
INSERT INTO "rollup" VALUES(0,'day','2020-02-01',0,1,'item',1,'not_started','2020-03-06',0);
INSERT INTO "rollup" VALUES(0,'day','2020-02-01',0,1,'item',1,'not_started_due','2020-03-06',0);
INSERT INTO "rollup" VALUES(0,'day','2020-03-06',0,1,'case',1,'closed','2020-03-06',1);
INSERT INTO "rollup" VALUES(0,'day','2020-03-06',0,1,'case',1,'open','2020-03-06',0);
INSERT INTO "rollup" VALUES(0,'day','2020-04-01',0,1,'item',1,'not_started','2020-03-06',-1);
INSERT INTO "rollup" VALUES(0,'day','2020-04-01',0,1,'item',1,'not_started_due','2020-03-06',1);
INSERT INTO "rollup" VALUES(0,'month','2020-01',0,1,'item',1,'behind','2020-03-06',1);
INSERT INTO "rollup" VALUES(0,'month','2020-01',0,1,'item',1,'not_started','2020-03-06',1);
INSERT INTO "rollup" VALUES(0,'month','2020-02',0,1,'item',1,'not_started','2020-03-06',0);
INSERT INTO "rollup" VALUES(0,'month','2020-02',0,1,'item',1,'not_started_due','2020-03-06',0);
INSERT INTO "rollup" VALUES(0,'month','2020-03',0,1,'case',1,'closed','2020-03-06',1);
INSERT INTO "rollup" VALUES(0,'month','2020-03',0,1,'case',1,'open','2020-03-06',0);
INSERT INTO "rollup" VALUES(0,'month','2020-04',0,1,'item',1,'not_started','2020-03-06',-1);
INSERT INTO "rollup" VALUES(0,'month','2020-04',0,1,'item',1,'not_started_due','2020-03-06',1);
INSERT INTO "rollup" VALUES(1,'day','2020-01-20',1,2,'item',1,'behind','2020-03-06',1);
INSERT INTO "rollup" VALUES(1,'day','2020-01-20',1,2,'item',1,'not_started','2020-03-06',1);
INSERT INTO "rollup" VALUES(1,'day','2020-02-01',1,2,'item',1,'not_started','2020-03-06',0);
INSERT INTO "rollup" VALUES(1,'day','2020-02-01',1,2,'item',1,'not_started_due','2020-03-06',0);
INSERT INTO "rollup" VALUES(1,'day','2020-03-06',1,2,'case',1,'closed','2020-03-06',1);
INSERT INTO "rollup" VALUES(1,'day','2020-03-06',1,2,'case',1,'open','2020-03-06',0);
INSERT INTO "rollup" VALUES(1,'day','2020-04-01',1,2,'item',1,'not_started','2020-03-06',-1);
INSERT INTO "rollup" VALUES(1,'day','2020-04-01',1,2,'item',1,'not_started_due','2020-03-06',1);
INSERT INTO "rollup" VALUES(1,'month','2020-01',1,2,'item',1,'behind','2020-03-06',1);
INSERT INTO "rollup" VALUES(1,'month','2020-01',1,2,'item',1,'not_started','2020-03-06',1);
INSERT INTO "rollup" VALUES(1,'month','2020-02',1,2,'item',1,'not_started','2020-03-06',0);
INSERT INTO "rollup" VALUES(1,'month','2020-02',1,2,'item',1,'not_started_due','2020-03-06',0);
INSERT INTO "rollup" VALUES(1,'month','2020-03',1,2,'case',1,'closed','2020-03-06',1);
INSERT INTO "rollup" VALUES(1,'month','2020-03',1,2,'case',1,'open','2020-03-06',0);
INSERT INTO "rollup" VALUES(1,'month','2020-04',1,2,'item',1,'not_started','2020-03-06',-1);
INSERT INTO "rollup" VALUES(1,'month','2020-04',1,2,'item',1,'not_started_due','2020-03-06',1);
INSERT INTO "rollup" VALUES(2,'day','2020-01-20',2,3,'item',1,'behind','2020-03-06',0);
INSERT INTO "rollup" VALUES(2,'day','2020-01-20',2,6,'item',1,'behind','2020-03-06',1);
INSERT INTO "rollup" VALUES(2,'day','2020-01-20',2,6,'item',1,'not_started','2020-03-06',1);
INSERT INTO "rollup" VALUES(2,'day','2020-02-01',2,6,'item',1,'not_started','2020-03-06',0);
INSERT INTO "rollup" VALUES(2,'day','2020-02-01',2,6,'item',1,'not_started_due','2020-03-06',0);
INSERT INTO "rollup" VALUES(2,'day','2020-03-06',2,3,'case',1,'closed','2020-03-06',1);
INSERT INTO "rollup" VALUES(2,'day','2020-03-06',2,3,'case',1,'open','2020-03-06',0);
INSERT INTO "rollup" VALUES(2,'day','2020-04-01',2,6,'item',1,'not_started','2020-03-06',-1);
INSERT INTO "rollup" VALUES(2,'day','2020-04-01',2,6,'item',1,'not_started_due','2020-03-06',1);
INSERT INTO "rollup" VALUES(2,'month','2020-01',2,3,'item',1,'behind','2020-03-06',0);
INSERT INTO "rollup" VALUES(2,'month','2020-01',2,6,'item',1,'behind','2020-03-06',1);
INSERT INTO "rollup" VALUES(2,'month','2020-01',2,6,'item',1,'not_started','2020-03-06',1);
INSERT INTO "rollup" VALUES(2,'month','2020-02',2,6,'item',1,'not_started','2020-03-06',0);
INSERT INTO "rollup" VALUES(2,'month','2020-02',2,6,'item',1,'not_started_due','2020-03-06',0);
INSERT INTO "rollup" VALUES(2,'month','2020-03',2,3,'case',1,'closed','2020-03-06',1);
INSERT INTO "rollup" VALUES(2,'month','2020-03',2,3,'case',1,'open','2020-03-06',0);
INSERT INTO "rollup" VALUES(2,'month','2020-04',2,6,'item',1,'not_started','2020-03-06',-1);
INSERT INTO "rollup" VALUES(2,'month','2020-04',2,6,'item',1,'not_started_due','2020-03-06',1);
INSERT INTO "rollup" VALUES(3,'day','2020-01-20',3,3,'item',1,'behind','2020-03-06',0);
INSERT INTO "rollup" VALUES(3,'day','2020-01-20',6,6,'item',1,'behind','2020-03-06',1);
INSERT INTO "rollup" VALUES(3,'day','2020-01-20',6,6,'item',1,'not_started','2020-03-06',1);
INSERT INTO "rollup" VALUES(3,'day','2020-02-01',6,6,'item',1,'not_started','2020-03-06',0);
INSERT INTO "rollup" VALUES(3,'day','2020-02-01',6,6,'item',1,'not_started_due','2020-03-06',0);
INSERT INTO "rollup" VALUES(3,'day','2020-03-06',3,3,'case',1,'closed','2020-03-06',1);
INSERT INTO "rollup" VALUES(3,'day','2020-03-06',3,3,'case',1,'open','2020-03-06',0);
INSERT INTO "rollup" VALUES(3,'day','2020-04-01',6,6,'item',1,'not_started','2020-03-06',-1);
INSERT INTO "rollup" VALUES(3,'day','2020-04-01',6,6,'item',1,'not_started_due','2020-03-06',1);
INSERT INTO "rollup" VALUES(3,'month','2020-01',3,3,'item',1,'behind','2020-03-06',0);
INSERT INTO "rollup" VALUES(3,'month','2020-01',6,6,'item',1,'behind','2020-03-06',1);
INSERT INTO "rollup" VALUES(3,'month','2020-01',6,6,'item',1,'not_started','2020-03-06',1);
INSERT INTO "rollup" VALUES(3,'month','2020-02',6,6,'item',1,'not_started','2020-03-06',0);
INSERT INTO "rollup" VALUES(3,'month','2020-02',6,6,'item',1,'not_started_due','2020-03-06',0);
INSERT INTO "rollup" VALUES(3,'month','2020-03',3,3,'case',1,'closed','2020-03-06',1);
INSERT INTO "rollup" VALUES(3,'month','2020-03',3,3,'case',1,'open','2020-03-06',0);
INSERT INTO "rollup" VALUES(3,'month','2020-04',6,6,'item',1,'not_started','2020-03-06',-1);
INSERT INTO "rollup" VALUES(3,'month','2020-04',6,6,'item',1,'not_started_due','2020-03-06',1);
INSERT INTO "rollup" VALUES(4,'day','2020-01-20',3,1,'item',1,'behind','2020-03-06',0);
INSERT INTO "rollup" VALUES(4,'day','2020-01-20',6,0,'item',1,'not_started','2020-03-06',1);
INSERT INTO "rollup" VALUES(4,'day','2020-01-20',6,1,'item',1,'behind','2020-03-06',1);
INSERT INTO "rollup" VALUES(4,'day','2020-02-01',6,0,'item',1,'not_started','2020-03-06',0);
INSERT INTO "rollup" VALUES(4,'day','2020-02-01',6,0,'item',1,'not_started_due','2020-03-06',0);
INSERT INTO "rollup" VALUES(4,'day','2020-04-01',6,0,'item',1,'not_started','2020-03-06',-1);
INSERT INTO "rollup" VALUES(4,'day','2020-04-01',6,0,'item',1,'not_started_due','2020-03-06',1);
INSERT INTO "rollup" VALUES(4,'month','2020-01',3,1,'item',1,'behind','2020-03-06',0);
INSERT INTO "rollup" VALUES(4,'month','2020-01',6,0,'item',1,'not_started','2020-03-06',1);
INSERT INTO "rollup" VALUES(4,'month','2020-01',6,1,'item',1,'behind','2020-03-06',1);
INSERT INTO "rollup" VALUES(4,'month','2020-02',6,0,'item',1,'not_started','2020-03-06',0);
INSERT INTO "rollup" VALUES(4,'month','2020-02',6,0,'item',1,'not_started_due','2020-03-06',0);
INSERT INTO "rollup" VALUES(4,'month','2020-04',6,0,'item',1,'not_started','2020-03-06',-1);
INSERT INTO "rollup" VALUES(4,'month','2020-04',6,0,'item',1,'not_started_due','2020-03-06',1);
CREATE TABLE status_span (
    subject TEXT NOT NULL CHECK (subject IN ('item', 'case')),
    subject_id INTEGER NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT NOT NULL,                    -- the first day on which it no longer held
    status TEXT NOT NULL,
    PRIMARY KEY (subject, subject_id, from_on)
) WITHOUT ROWID;
INSERT INTO "status_span" VALUES('case',1,'2020-03-06','9999-12-31','closed');
INSERT INTO "status_span" VALUES('item',1,'2020-01-20','9999-12-31','behind');
INSERT INTO "status_span" VALUES('item',2,'2020-01-20','9999-12-31','not_started');
CREATE TABLE unit (
    id INTEGER PRIMARY KEY,
    rev INTEGER NOT NULL,
    name TEXT NOT NULL,
    region_id INTEGER REFERENCES region (id),
    UNIQUE (name, region_id)
);
INSERT INTO "unit" VALUES(1,1,'甲局',NULL);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX region_by_parent ON region (parent_id);
CREATE INDEX region_ladder_by_place ON region_ladder (place_id, region_id);
CREATE INDEX measure_by_item ON measure (item_id, position);
CREATE INDEX milestone_by_measure ON milestone (measure_id, position);
CREATE INDEX case_by_number ON complaint_case (programme_id, number_key, id);
CREATE INDEX case_by_status ON complaint_case (status);
CREATE INDEX case_by_original ON complaint_case (duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE INDEX case_region_by_case ON case_region (case_id);
CREATE INDEX escalation_by_region ON escalation (region_id);
CREATE INDEX history_by_entity ON history (entity, entity_id, seq);
CREATE INDEX history_by_batch ON history (batch_id, seq);
CREATE INDEX history_by_retracted ON history (retracts) WHERE retracts IS NOT NULL;
CREATE TRIGGER history_keeps_order BEFORE INSERT ON history
WHEN NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM history)
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER history_no_update BEFORE UPDATE ON history
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER history_no_delete BEFORE DELETE ON history
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER batch_keeps_order BEFORE INSERT ON batch
WHEN NEW.id <> (SELECT COALESCE(MAX(id), 0) + 1 FROM batch)
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER batch_no_update BEFORE UPDATE ON batch
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER batch_no_delete BEFORE DELETE ON batch
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE INDEX report_by_programme ON report (programme_id);
CREATE INDEX return_sheet_by_cutoff ON return_sheet (cutoff, id);
CREATE INDEX return_sheet_by_region ON return_sheet (region_id) WHERE region_id IS NOT NULL;
CREATE INDEX return_sheet_by_unit ON return_sheet (unit_id) WHERE unit_id IS NOT NULL;
CREATE INDEX return_sheet_by_programme ON return_sheet (programme_id)
    WHERE programme_id IS NOT NULL;
CREATE INDEX intake_file_by_digest ON intake_file (digest, id);
CREATE INDEX intake_file_by_return ON intake_file (return_sheet_id)
    WHERE return_sheet_id IS NOT NULL;
CREATE INDEX escalation_by_unit ON escalation (unit_id) WHERE unit_id IS NOT NULL;
CREATE INDEX history_of_due_dates ON history (entity_id, seq)
    WHERE entity = 'item' AND field = 'due_on';
CREATE INDEX history_of_reviews ON history (entity_id, seq)
    WHERE entity = 'item' AND field IN ('reason', 'reviewed_on');
CREATE INDEX milestone_by_due ON milestone (due_on) WHERE done_on IS NULL;
CREATE INDEX item_by_number ON item (programme_id, number_key, id);
CREATE INDEX item_by_region ON item (region_id);
CREATE INDEX item_by_status ON item (status);
CREATE INDEX item_by_carrier ON item (merged_item_id) WHERE merged_item_id IS NOT NULL;
CREATE INDEX item_by_carrying_programme ON item (merged_programme_id)
    WHERE merged_programme_id IS NOT NULL;
CREATE INDEX item_by_responsible ON item (responsible_id) WHERE responsible_id IS NOT NULL;
CREATE INDEX item_by_lead ON item (lead_id) WHERE lead_id IS NOT NULL;
CREATE INDEX item_by_supervising ON item (supervising_id) WHERE supervising_id IS NOT NULL;
CREATE UNIQUE INDEX report_once ON report (period, cutoff, lines_by, COALESCE(programme_id, 0))
    WHERE withdrawn IS NULL;
CREATE TRIGGER report_no_update BEFORE UPDATE OF id, name, period, first_on, cutoff, programme_id,
    lines_by, settings, figures, body, digest, head_seq, head_hash ON report
BEGIN SELECT RAISE(ABORT, 'a frozen report is never changed'); END;
CREATE TRIGGER report_withdrawn_once BEFORE UPDATE OF withdrawn ON report
    WHEN OLD.withdrawn IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a withdrawn report stays withdrawn'); END;
COMMIT;
