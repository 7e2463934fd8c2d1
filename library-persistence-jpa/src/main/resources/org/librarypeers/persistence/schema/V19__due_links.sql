-- Finds the next due link by its date, not by walking the hosts.
drop index link_host_free;
alter index link_due rename to link_due_of_host;
create index link_due on link (due);
