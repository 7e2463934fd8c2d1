package org.librarypeers.http;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.librarypeers.sync.contract.SettableClock;

/** A clock that also advances when the client sleeps. It records these waits. */
final class Time extends SettableClock implements Settings.Sleeper {

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    final List<Duration> waits = new CopyOnWriteArrayList<>();

    Time() {
        super(NOON);
    }

    @Override
    public void sleep(Duration duration) {
        waits.add(duration);
        advance(duration);
    }
}
