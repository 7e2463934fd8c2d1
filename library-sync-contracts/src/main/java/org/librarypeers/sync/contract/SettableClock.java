package org.librarypeers.sync.contract;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until a test moves it. */
public final class SettableClock extends Clock {

    private Instant now = Instant.parse("2026-02-03T04:05:06.123456Z");

    /** Moves the clock forward by one minute. */
    public void tick() {
        advance(Duration.ofMinutes(1));
    }

    /** Moves the clock forward, or back if the time is negative. */
    public void advance(Duration time) {
        now = now.plus(time);
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
        throw new UnsupportedOperationException("the time zone is always UTC");
    }
}
