-- Of failed runs: what was wrong with the peer, for those who say it in other languages than the message.

alter table sync_log add column trouble text check (trouble is null or status = 'failed');
