-- Since when every detail of the peer is to be read again, as a person asked for; null if none is left to be read.
alter table harvest add column reread_since timestamptz;
