-- What is published of a peer without a reviewer, instead of whether its updates are reviewed.
alter table peer add publication text not null default 'publish_updates'
    check (publication in ('review_everything', 'publish_updates', 'publish_everything'));
update peer set publication = 'review_everything' where reviews_updates;
alter table peer alter publication drop default;
alter table peer drop reviews_updates;

-- The policy that published a revision, or null if a reviewer decided.
alter table decision add policy text check (policy in ('publish_updates', 'publish_everything'));
