/** An embedded PostgreSQL server that several processes on one machine share. */
module org.librarypeers.embeddedpostgres {
    requires java.sql;
    requires org.apache.commons.compress;
    requires static transitive org.jspecify;
    requires org.slf4j;
    requires org.tukaani.xz;

    exports org.librarypeers.embeddedpostgres;
}
