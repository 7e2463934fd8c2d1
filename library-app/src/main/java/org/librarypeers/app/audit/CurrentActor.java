package org.librarypeers.app.audit;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.Role;
import org.librarypeers.sync.accounts.AuditEntry.Actor;

/**
 * The person on whose behalf the current thread works. The pages and the commands set it around their work, and the
 * audit log reads it. Automatic work of the library has no actor.
 */
public final class CurrentActor {

    private static final ThreadLocal<CurrentActor> CURRENT = new ThreadLocal<>();

    private final @Nullable Actor actor;
    private final @Nullable String address;

    private CurrentActor(@Nullable Actor actor, @Nullable String address) {
        this.actor = actor;
        this.address = address;
    }

    /**
     * Returns the visitor of a page. Reviewers and administrators are recorded; what others do is in the history of the resources.
     *
     * @param account the account that is signed in; null if nobody is
     * @param address the address of the client
     */
    public static CurrentActor visitor(@Nullable Account account, String address) {
        return new CurrentActor(recorded(account), address);
    }

    /**
     * Returns the owner of an account, at the address of the current visitor. Use it for work that proves who the person is
     * without a session, for example with a mailed link. Reviewers and administrators are recorded, as for
     * {@link #visitor}.
     */
    public static CurrentActor owner(Account account) {
        return new CurrentActor(recorded(account), address());
    }

    private static @Nullable Actor recorded(@Nullable Account account) {
        return account != null && account.role().includes(Role.REVIEWER) ? of(account) : null;
    }

    /** Returns the user of the operating system who runs a command. */
    public static CurrentActor commandLine() {
        return new CurrentActor(commandLineUser(), null);
    }

    /**
     * Returns the user of the operating system who runs this process. If {@code sudo} runs it, the name of the person who called
     * {@code sudo} is appended, as the environment states it.
     */
    static Actor commandLineUser() {
        String user = String.valueOf(System.getProperty("user.name"));
        String caller = System.getenv("SUDO_USER");
        boolean other = caller != null && !caller.isBlank() && !caller.equals(user);
        return new Actor(Actor.Kind.COMMAND_LINE, other ? user + " (sudo: " + caller + ")" : user);
    }

    /** Returns an account as an actor. */
    static Actor of(Account account) {
        return new Actor(Actor.Kind.ACCOUNT, account.name().value());
    }

    /** Runs work on behalf of this person. */
    public <T> T call(Callable<T> work) throws Exception {
        CurrentActor before = CURRENT.get();
        CURRENT.set(this);
        try {
            return work.call();
        } finally {
            restore(before);
        }
    }

    /** Runs work on behalf of this person. */
    public void run(Runnable work) {
        CurrentActor before = CURRENT.get();
        CURRENT.set(this);
        try {
            work.run();
        } finally {
            restore(before);
        }
    }

    private static void restore(@Nullable CurrentActor before) {
        if (before == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(before);
        }
    }

    /** Returns work that another thread can do on behalf of the person for whom the current thread acts. */
    public static Runnable carried(Runnable work) {
        CurrentActor caller = CURRENT.get();
        return caller == null ? work : () -> caller.run(work);
    }

    /** Returns the person to record, or an empty {@code Optional} if nobody is. */
    static Optional<Actor> actor() {
        return Optional.ofNullable(CURRENT.get()).flatMap(current -> Optional.ofNullable(current.actor));
    }

    /** Returns the address of the client; null for a command. */
    static @Nullable String address() {
        CurrentActor current = CURRENT.get();
        return current == null ? null : current.address;
    }
}
