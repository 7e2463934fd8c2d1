package org.librarypeers.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A clock that advances only when a test or the client sleeps. */
final class Time extends Clock implements Settings.Sleeper {

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    final List<Duration> waits = new CopyOnWriteArrayList<>();
    private volatile Instant now = NOON;

    @Override
    public synchronized void sleep(Duration duration) {
        waits.add(duration);
        now = now.plus(duration);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
