/** What is shared, by whom, and what happened: the aggregates of a library and the rules they keep. */
module org.librarypeers.domain {
    requires static transitive org.jspecify;

    exports org.librarypeers.domain;
}
