package org.librarypeers.persistence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.catalogue.Viewer;
import org.librarypeers.sync.storage.Source;

/** Conditions on a resource, with their parameters. The resource has the alias {@code r} in the statement. */
final class Conditions {

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new LinkedHashMap<>();

    Conditions require(String condition) {
        conditions.add(condition);
        return this;
    }

    Conditions with(String parameter, Object value) {
        parameters.put(parameter, value);
        return this;
    }

    Conditions visible(Viewer viewer, Set<Status> statuses) {
        require("r.status = any (:statuses)")
                .with("statuses", statuses.stream().map(Status::word).toArray(String[]::new));
        if (!statuses.equals(Set.of(Status.APPROVED))) {
            visible(conditions, parameters, viewer);
        }
        return this;
    }

    /** Adds the condition that a viewer may see a resource. Adds nothing for a viewer who sees all resources. */
    static void visible(List<String> conditions, Map<String, Object> parameters, Viewer viewer) {
        String isPublic = "r.status = 'approved'";
        if (viewer.seesAll()) {
            return;
        }
        if (viewer.name() == null) {
            conditions.add(isPublic);
        } else {
            conditions.add("(" + isPublic + " or r.created_by = :viewer or r.author_user = :viewer)");
            parameters.put("viewer", viewer.name().value());
        }
    }

    /** Requires all of these tags. Counting the rows is sufficient, because a resource has each tag at most once. */
    Conditions tagged(Set<Long> tags) {
        return tags.isEmpty()
                ? this
                : require("r.id in (select resource_id from resource_tag where tag_id = any (:tags)"
                                + " group by resource_id having count(*) = :tagCount)")
                        .with("tags", tags.toArray(Long[]::new))
                        .with("tagCount", tags.size());
    }

    /** The same as {@link #tagged}, but looked up resource by resource, for statements that read few of them. */
    Conditions taggedEach(Set<Long> tags) {
        return tags.isEmpty()
                ? this
                : require("(select count(*) from resource_tag where resource_id = r.id and tag_id = any (:tags))"
                                + " = :tagCount")
                        .with("tags", tags.toArray(Long[]::new))
                        .with("tagCount", (long) tags.size());
    }

    Conditions in(@Nullable String language) {
        return require(speaks(language));
    }

    Conditions from(@Nullable Source source) {
        return require(comesFrom(source));
    }

    /** Returns the condition on the language without requiring it. Adds its parameters. */
    String speaks(@Nullable String language) {
        if (language == null) {
            return "true";
        }
        with("language", Texts.storable(language));
        return ":language = any (r.languages)";
    }

    /** Returns the condition on the source without requiring it. Adds its parameters. */
    String comesFrom(@Nullable Source source) {
        if (source == null) {
            return "true";
        }
        return source.match(
                here -> "r.source_peer is null",
                maker -> {
                    with("host", Texts.storable(maker.host()));
                    return "r.source_host = :host";
                },
                followed -> {
                    with("peer", followed.peer().value());
                    return "r.source_peer = :peer";
                });
    }

    /** Returns the conjunction of all conditions, or {@code true} if there are none. */
    String all() {
        return conditions.isEmpty() ? "true" : String.join(" and ", conditions);
    }

    <T> NativeQuery<T> statement(Session session, String sql, Class<T> result) {
        NativeQuery<T> statement = session.createNativeQuery(sql, result);
        parameters.forEach(statement::setParameter);
        return statement;
    }
}
