/**
 * The contract suites of the ports of the sync core, and test equipment such as a scripted peer. Both are for tests of
 * adapters and applications.
 */
module org.librarypeers.sync.contract {
    requires transitive org.librarypeers.sync;
    requires transitive org.junit.jupiter.api;
    requires org.assertj.core;
    requires org.junit.jupiter.params;
    requires static transitive org.jspecify;

    exports org.librarypeers.sync.contract;

    // JUnit calls the tests.
    opens org.librarypeers.sync.contract;
}
