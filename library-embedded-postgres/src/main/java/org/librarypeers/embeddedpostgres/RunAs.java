package org.librarypeers.embeddedpostgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The user that PostgreSQL's programs run as. This is the current user, unless it is root on Linux, because the
 * programs refuse to run as root.
 *
 * @param prefix the words before a command
 * @param owner the account that must own the data; null if the current user already does
 */
record RunAs(List<String> prefix, @Nullable SystemAccount owner) {

    private static final Logger log = LoggerFactory.getLogger(RunAs.class);

    private static final RunAs OURSELVES = new RunAs(List.of(), null);

    RunAs {
        prefix = List.copyOf(prefix);
    }

    /** Returns the first way that works, in the order of the droppers. Makes its user the owner of the data. */
    static RunAs choose(Layout layout, List<RightsDropper> droppers) {
        if (!SystemAccount.isRoot()) {
            return asOurselves(droppers);
        }
        try {
            RunAs chosen = chooseAsRoot(layout, droppers);
            chosen.takeOver(layout.data());
            log.debug("Running as root; the PostgreSQL programs are run through {}", chosen.prefix);
            return chosen;
        } catch (IOException e) {
            throw Layout.notWritable(layout.data(), e);
        }
    }

    /**
     * Returns how to run as the current user. If its id has no name, as is common in containers, uses a namespace that
     * gives it one, because initdb requires a name.
     */
    private static RunAs asOurselves(List<RightsDropper> droppers) {
        RunAs renamed = new RunAs(RightsDropper.UNSHARE.as(SystemAccount.ROOT).prefix, null);
        boolean wanted = droppers.contains(RightsDropper.UNSHARE) && SystemAccount.isNameless();
        return wanted && renamed.succeeds("true") ? renamed : OURSELVES;
    }

    private static RunAs chooseAsRoot(Layout layout, List<RightsDropper> droppers) throws IOException {
        SystemAccount unprivileged = SystemAccount.unprivileged();
        SystemAccount owner = Files.exists(layout.data()) ? SystemAccount.ownerOf(layout.data()) : SystemAccount.ROOT;
        // Data of an ordinary user keep their owner: a start as root must not lock that user out.
        boolean someonesOwn = owner.uid() != SystemAccount.ROOT.uid() && owner.uid() != unprivileged.uid();
        SystemAccount user = someonesOwn ? owner : unprivileged;

        SystemAccount unreachableFor = null;
        for (RightsDropper dropper : droppers) {
            RunAs candidate = dropper.as(user);
            if (!candidate.succeeds("true") || (someonesOwn && dropper == RightsDropper.UNSHARE)) {
                continue;
            }
            candidate.openDoor(layout.directory());
            if (candidate.succeeds("sh", "-c", "cd \"$0\"", layout.directory().toString())) {
                return candidate;
            }
            unreachableFor = user;
        }
        throw none(layout, unreachableFor);
    }

    private static EmbeddedPostgresException none(Layout layout, @Nullable SystemAccount unreachableFor) {
        if (unreachableFor != null) {
            return new EmbeddedPostgresException("PostgreSQL refuses to run as root, and the user "
                    + unreachableFor.name() + " cannot reach " + layout.directory()
                    + "; use a directory whose parents all users may access, or run as an ordinary"
                    + " user");
        }
        return new EmbeddedPostgresException(
                "PostgreSQL refuses to run as root, and none of unshare, setpriv and runuser"
                        + " works here; run as an ordinary user, or use a PostgreSQL server instead");
    }

    List<String> command(Object... words) {
        List<String> command = new ArrayList<>(prefix);
        for (Object word : words) {
            command.add(word.toString());
        }
        return command;
    }

    /**
     * Changes the owner of the tree to the user that the programs run as. Does nothing if the tree already belongs to
     * that user, or is missing.
     */
    void takeOver(Path tree) throws IOException {
        if (owner != null && Files.exists(tree) && SystemAccount.ownerOf(tree).uid() != owner.uid()) {
            Trees.giveTo(owner, tree);
        }
    }

    /** Lets the other user pass through the directory, but not list it. */
    private void openDoor(Path directory) throws IOException {
        if (owner == null || owner.uid() == SystemAccount.ownerOf(directory).uid()) {
            return;
        }
        Set<PosixFilePermission> before = Files.getPosixFilePermissions(directory);
        Set<PosixFilePermission> after = EnumSet.copyOf(PosixFilePermissions.fromString("--x--x--x"));
        after.addAll(before);
        if (!after.equals(before)) {
            Files.setPosixFilePermissions(directory, after);
        }
    }

    private boolean succeeds(String... words) {
        return Commands.succeeds(command((Object[]) words));
    }
}
