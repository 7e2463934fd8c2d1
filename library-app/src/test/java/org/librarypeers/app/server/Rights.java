package org.librarypeers.app.server;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.librarypeers.domain.Role;

/**
 * The rights of every route: who may use which method of which address.
 *
 * <p>The table is written by hand. Tests compare the program and docs/operations.md with it. Nothing in it may be
 * computed from the routes that the program registers.
 */
public final class Rights {

    private static final String TABLE = """
            GET    /                                       anyone
            GET    /search                                 anyone
            GET    /search/suggestions                     anyone
            GET    /tag/{slug}                             anyone
            GET    /tag/{slug}/                            anyone
            GET    /tag/view/{slug}                        anyone
            GET    /tag/view/{slug}/                       anyone
            GET    /resource/{slug}                        anyone, what is visible
            GET    /resource/{slug}/                       anyone
            GET    /resource/{slug}/report                 anyone
            POST   /resource/{slug}/report                 anyone
            GET    /resource/view/{slug}                   anyone
            GET    /resource/view/{slug}/                  anyone
            GET    /about                                  anyone
            GET    /about/api                              anyone
            GET    /feed.atom                              anyone
            GET    /feed.rss                               anyone
            GET    /robots.txt                             anyone
            GET    /sitemap.xml                            anyone
            GET    /sitemap/{page}                         anyone
            GET    /language/{language}                    anyone
            GET    /theme/{theme}                          anyone
            GET    /signin                                 anyone
            POST   /signin                                 anyone
            POST   /signout                                anyone
            GET    /first/{token}                          anyone
            POST   /first/{token}                          anyone
            GET    /forgotten                              anyone
            POST   /forgotten                              anyone
            GET    /password/{token}                       anyone
            POST   /password/{token}                       anyone
            GET    /profile                                member
            POST   /profile                                member
            POST   /profile/notifications                  reviewer
            GET    /profile/key                            member
            POST   /profile/key                            member
            GET    /profile/keys                           member
            POST   /profile/keys                           member
            POST   /profile/keys/remove                    member
            POST   /profile/signout-others                 member
            GET    /resources                              contributor
            GET    /resources/new                          contributor
            POST   /resources/new                          contributor
            GET    /resources/{guid}/edit                  contributor, own
            POST   /resources/{guid}/edit                  contributor, own
            POST   /resources/{guid}/status                contributor, own
            GET    /resources/{guid}/history               contributor, own
            POST   /resources/{guid}/restore               contributor, own
            POST   /resources/bulk                         reviewer
            POST   /resources/bulk/undo                    reviewer
            GET    /resources/export                       reviewer
            GET    /uploads/{id}                           contributor
            GET    /overview                               reviewer
            GET    /review                                 reviewer
            POST   /review                                 reviewer
            GET    /review/actions/{action}                reviewer
            POST   /review/undo                            reviewer
            GET    /refusals                               reviewer
            POST   /refusals/{guid}/revoke                 reviewer
            GET    /review/{guid}/refuse                   reviewer
            POST   /review/{guid}/refuse                   reviewer
            GET    /review/reports                         reviewer
            GET    /review/reports/{id}                    reviewer
            POST   /review/reports/{id}                    reviewer
            GET    /review/{guid}                          reviewer
            POST   /review/{guid}                          reviewer
            GET    /review/links                           reviewer
            POST   /review/links/{id}                      reviewer
            GET    /pictures                               reviewer
            POST   /pictures                               reviewer
            POST   /pictures/{id}                          reviewer
            GET    /map                                    reviewer
            GET    /duplicates                             reviewer
            POST   /duplicates                             reviewer
            GET    /duplicates/archive                     reviewer
            POST   /duplicates/archive                     reviewer
            POST   /duplicates/restore                     reviewer
            GET    /tags                                   administrator
            POST   /tags                                   administrator
            GET    /tags/{id}                              administrator
            POST   /tags/{id}                              administrator
            GET    /tags/{id}/merge                        administrator
            POST   /tags/{id}/merge                        administrator
            GET    /categories/{id}                        administrator
            POST   /categories/{id}                        administrator
            GET    /categories/{id}/merge                  administrator
            POST   /categories/{id}/merge                  administrator
            GET    /rules                                  administrator
            POST   /rules/revoke                           administrator
            GET    /peers/{id}/tags                        administrator
            POST   /peers/{id}/tags                        administrator
            GET    /bundles                                administrator
            POST   /bundles                                administrator
            POST   /bundles/write                          administrator
            GET    /bundles/{id}                           administrator
            POST   /bundles/{id}                           administrator
            GET    /peers                                  administrator
            GET    /peers/new                              administrator
            POST   /peers/new                              administrator
            GET    /peers/{id}                             administrator
            GET    /peers/{id}/edit                        administrator
            POST   /peers/{id}/edit                        administrator
            POST   /peers/{id}/active                      administrator
            GET    /peers/{id}/selection                   administrator
            POST   /peers/{id}/selection                   administrator
            GET    /peers/{id}/test                        administrator
            POST   /peers/{id}/test                        administrator
            GET    /peers/{id}/remove                      administrator
            POST   /peers/{id}/remove                      administrator
            GET    /peers/{id}/compare                     administrator
            GET    /peers/{id}/preview                     administrator
            POST   /peers/{id}/preview                     administrator
            GET    /peers/{id}/preview/events              administrator
            POST   /peers/{id}/sync                        administrator
            GET    /peers/{id}/runs/{run}                  administrator
            GET    /peers/{id}/runs/{run}/events           administrator
            POST   /peers/{id}/runs/{run}/cancel           administrator
            GET    /users                                  administrator
            GET    /users/new                              administrator
            POST   /users/new                              administrator
            GET    /users/{name}                           administrator
            POST   /users/{name}                           administrator
            POST   /users/{name}/signout                   administrator
            POST   /users/{name}/keys/remove               administrator
            POST   /users/{name}/invite                    administrator
            POST   /users/{name}/links/remove              administrator
            GET    /audit                                  administrator
            GET    /settings                               administrator
            POST   /settings                               administrator
            POST   /settings/mail                          administrator
            GET    /assets/{digest}/{name}                 anyone
            GET    /favicon.ico                            anyone
            GET    /picture/{file}                         anyone
            HEAD   /picture/{file}                         anyone
            GET    /media/{kind}/{sha256}/{name}           anyone
            HEAD   /media/{kind}/{sha256}/{name}           anyone
            GET    /media/<path>                           anyone
            HEAD   /media/<path>                           anyone
            GET    /health                                 anyone
            GET    /health/live                            anyone
            GET    /health/ready                           anyone
            GET    /metrics                                anyone
            GET    /openapi.json                           anyone
            GET    /oai                                    anyone
            POST   /oai                                    anyone
            GET    /api/v1/                                anyone
            GET    /api/v1/resource/                       key, what is visible
            POST   /api/v1/resource/                       writing key
            PUT    /api/v1/resource/                       nobody
            GET    /api/v1/resource/{id}/                  key, what is visible
            POST   /api/v1/resource/{id}/                  nobody
            PUT    /api/v1/resource/{id}/                  writing key, own
            GET    /api/v1/resource/search/                key
            GET    /api/v1/resource/digest/                key
            GET    /api/v1/resource/set/{ids}/             key, what is visible
            GET    /api/v1/resource/schema/                key
            GET    /api/v1/resourceurl/                    key, what is visible
            POST   /api/v1/resourceurl/                    writing key, own
            DELETE /api/v1/resourceurl/                    nobody
            GET    /api/v1/resourceurl/{id}/               key, what is visible
            POST   /api/v1/resourceurl/{id}/               nobody
            DELETE /api/v1/resourceurl/{id}/               writing key, own
            GET    /api/v1/resourceurl/set/{ids}/          key, what is visible
            GET    /api/v1/resourceurl/schema/             key
            GET    /api/v1/resourcefile/                   key, what is visible
            DELETE /api/v1/resourcefile/                   nobody
            GET    /api/v1/resourcefile/{id}/              key, what is visible
            DELETE /api/v1/resourcefile/{id}/              writing key, own
            GET    /api/v1/resourcefile/set/{ids}/         key, what is visible
            GET    /api/v1/resourcefile/schema/            key
            GET    /api/v1/resourcetag/                    key, what is visible
            POST   /api/v1/resourcetag/                    writing key, own
            DELETE /api/v1/resourcetag/                    nobody
            GET    /api/v1/resourcetag/{id}/               key, what is visible
            POST   /api/v1/resourcetag/{id}/               nobody
            DELETE /api/v1/resourcetag/{id}/               writing key, own
            GET    /api/v1/resourcetag/set/{ids}/          key, what is visible
            GET    /api/v1/resourcetag/schema/             key
            GET    /api/v1/tag/                            key
            POST   /api/v1/tag/                            writing key
            GET    /api/v1/tag/{id}/                       key
            POST   /api/v1/tag/{id}/                       nobody
            GET    /api/v1/tag/set/{ids}/                  key
            GET    /api/v1/tag/schema/                     key
            GET    /api/v1/tags/                           key
            GET    /api/v1/tags/{id}/                      key
            GET    /api/v1/tags/set/{ids}/                 key
            GET    /api/v1/tags/schema/                    key
            GET    /api/v1/category/                       key
            GET    /api/v1/category/{id}/                  key
            GET    /api/v1/category/set/{ids}/             key
            GET    /api/v1/category/schema/                key
            POST   /api/upload/image/                      writing key, own only
            POST   /api/upload/file/                       writing key, own only
            """;

    private static final List<Row> ROWS = TABLE.lines().map(Rights::row).toList();

    private Rights() {}

    /** The minimum right that a route requires. */
    public enum Who {
        ANYONE("anyone"),
        /** Anyone for approved resources, creators for their own, reviewers for all. */
        ANYONE_VISIBLE("anyone, what is visible"),
        MEMBER("member"),
        CONTRIBUTOR("contributor"),
        /** Contributors for the resources that they added, reviewers for all. */
        CONTRIBUTOR_OWN("contributor, own"),
        REVIEWER("reviewer"),
        ADMIN("administrator"),
        /** Any account with its API key. */
        KEY("key"),
        /** Any account with its API key, for approved resources and its own; reviewers for all. */
        KEY_VISIBLE("key, what is visible"),
        /** An account with the permission to write, with its API key. */
        WRITER("writing key"),
        /** An account with the permission to write, for the resources that it added; reviewers for all. */
        WRITER_OWN("writing key, own"),
        /** An account with the permission to write, only for the resources that it added, whatever its role. */
        WRITER_OWN_ONLY("writing key, own only"),
        NOBODY("nobody");

        private final String words;

        Who(String words) {
            this.words = words;
        }

        /** Returns the name of the right in the tables. */
        public String words() {
            return words;
        }

        static Who of(String words) {
            return Arrays.stream(values())
                    .filter(who -> who.words.equals(words))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("the table of rights has no '" + words + "'"));
        }

        /**
         * Returns whether an account with the role may use a page. {@code own} tells whether the account added the
         * resource.
         */
        boolean includes(Role role, boolean own) {
            return switch (this) {
                case ANYONE, MEMBER -> true;
                case ANYONE_VISIBLE -> own || isReviewer(role);
                case CONTRIBUTOR -> role != Role.MEMBER;
                case CONTRIBUTOR_OWN -> isReviewer(role) || (own && role == Role.CONTRIBUTOR);
                case REVIEWER -> isReviewer(role);
                case ADMIN -> role == Role.ADMIN;
                default -> throw new IllegalArgumentException(this + " is no right of pages");
            };
        }

        /**
         * Returns whether an account may use an API address. {@code writes} tells whether it has the permission to
         * write.
         */
        boolean includes(Role role, boolean writes, boolean own) {
            return switch (this) {
                case ANYONE, KEY -> true;
                case KEY_VISIBLE -> own || isReviewer(role);
                case WRITER -> writes;
                case WRITER_OWN -> writes && (own || isReviewer(role));
                case WRITER_OWN_ONLY -> writes && own;
                case NOBODY -> false;
                default -> throw new IllegalArgumentException(this + " is no right of the API");
            };
        }

        private static boolean isReviewer(Role role) {
            return role == Role.REVIEWER || role == Role.ADMIN;
        }
    }

    /** A route and the right that it requires. */
    public record Row(String method, String path, Who who) {

        public String route() {
            return method + " " + path;
        }

        boolean isApi() {
            return path.startsWith("/api/");
        }

        /** Returns whether the route is for people, not for programs. */
        public boolean isPage() {
            return !isApi()
                    && !path.matches("/(media|picture|assets)/.*")
                    && !List.of(
                                    "/health",
                                    "/health/live",
                                    "/health/ready",
                                    "/metrics",
                                    "/openapi.json",
                                    "/oai",
                                    "/favicon.ico")
                            .contains(path);
        }

        boolean isStream() {
            return path.endsWith("/events");
        }

        @Override
        public String toString() {
            return route() + " (" + who.words + ")";
        }
    }

    private static Row row(String line) {
        String[] cells = line.strip().split(" +", 3);
        return new Row(cells[0], cells[1], Who.of(Objects.requireNonNull(cells[2])));
    }

    /** Returns all routes. */
    public static List<Row> rows() {
        return ROWS;
    }

    /** Returns all pages and forms. */
    public static List<Row> pages() {
        return ROWS.stream().filter(Row::isPage).toList();
    }

    /** Returns all methods of the API. */
    public static List<Row> api() {
        return ROWS.stream().filter(Row::isApi).toList();
    }
}
