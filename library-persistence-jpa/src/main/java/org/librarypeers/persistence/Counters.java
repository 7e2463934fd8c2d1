package org.librarypeers.persistence;

/**
 * Numbers that people read: each is one higher than the last, also after a crash of the server. Who draws one in a transaction makes
 * others wait until its end.
 */
enum Counters {
    SYNC_LOG("sync_log"),
    PEER("peer");

    private final String name;

    Counters(String name) {
        this.name = name;
    }

    /** Returns the next number, from 1. */
    long next(UnitOfWork unit) {
        return unit.session()
                .createNativeQuery("update counter set last = last + 1 where name = :name returning last", Long.class)
                .setParameter("name", name)
                .getSingleResult();
    }
}
