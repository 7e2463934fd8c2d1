-- With how many resources fewer than announced the lists of a peer were last read to their end: the list from its beginning,
-- and the list from a cursor on. Null where nothing was missing.

alter table harvest
    add column whole_expected integer,
    add column whole_received integer,
    add column changes_expected integer,
    add column changes_received integer,
    add constraint harvest_whole check ((whole_expected is null) = (whole_received is null)),
    add constraint harvest_changes check ((changes_expected is null) = (changes_received is null));
