-- A run that the peer asked to come back later says from when on.
alter table sync_log add column throttled_until timestamptz;
update sync_log set throttled_until = finished where status = 'throttled';
alter table sync_log add constraint sync_log_throttled check ((status = 'throttled') = (throttled_until is not null));
