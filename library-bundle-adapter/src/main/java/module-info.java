/** The bundle adapter: writes and reads signed bundles through {@link org.librarypeers.bundle.Bundles}. */
module org.librarypeers.bundle {
    requires static transitive org.jspecify;
    requires transitive org.librarypeers.domain;
    requires transitive org.librarypeers.sync;
    requires tools.jackson.core;
    requires tools.jackson.databind;

    exports org.librarypeers.bundle;
}
