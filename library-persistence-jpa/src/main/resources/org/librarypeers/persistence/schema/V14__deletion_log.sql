-- The resources that were served and no longer are. Peers learn from it what was withdrawn. A row is written in the transaction in
-- which the resource stops being served, with a position of the feed (ChangeFeed), and deleted when it is served again. The
-- redirect of a resource is not stored here, because it may be made and removed later.
create table deletion (
    guid uuid primary key,
    at timestamptz not null, -- when it was no longer served
    reason text not null check (reason in ('withdrawn', 'archived', 'rejected', 'unpublished')),
    feed_position bigint not null
);
create index deletion_feed on deletion (feed_position);
create index deletion_at on deletion (at, guid);

-- The resources that are known to have been served before this table existed: archived ones, because only a served resource can be
-- archived, and those that somebody or a policy once approved. When a resource was changed later, the time is too late.
insert into deletion (guid, at, reason, feed_position)
select guid, updated, reason, nextval('feed_position')
  from (select resource.guid, resource.updated,
               case resource.status
                   when 'rejected' then 'rejected'
                   when 'pending' then 'unpublished'
                   else case when offer.withdrawn is not null then 'withdrawn' else 'archived' end
               end as reason
          from resource
          left join offer on offer.peer_id = resource.source_peer and offer.guid = resource.guid
         where resource.status = 'archived'
            or (resource.status in ('rejected', 'pending')
                and exists (select from decision where decision.resource_id = resource.id and decision.status = 'approved'))
         order by resource.updated, resource.id) as ended;
