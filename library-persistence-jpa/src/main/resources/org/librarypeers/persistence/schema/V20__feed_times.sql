-- The datestamps of changes and deletions, for harvesters that ask for what changed since a date (JdbcDatedFeed). A row says that the
-- higher feed positions, up to that of the next row, were assigned in this second. So a second in which something changed has one row,
-- however much changed. ChangeFeed writes the rows. Times and positions rise together.
create table feed_time (
    position bigint primary key, -- drawn from the sequence feed_position before those of the changes, so no change has it
    at timestamptz not null, -- a whole second
    constraint feed_time_at_key unique (at)
);

-- What was changed before has the time of this migration. No harvester can have read it earlier.
insert into feed_time (position, at) values (0, date_trunc('second', clock_timestamp()));
