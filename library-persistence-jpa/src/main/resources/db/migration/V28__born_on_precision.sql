-- What of born_on is known: only the year, year and month, or the day and perhaps the time.

alter table resource add column born_on_precision text
    check (born_on_precision in ('YEAR', 'MONTH', 'TIME'));
update resource set born_on_precision = 'TIME' where born_on is not null;
alter table resource add constraint resource_born_on check ((born_on is null) = (born_on_precision is null));
