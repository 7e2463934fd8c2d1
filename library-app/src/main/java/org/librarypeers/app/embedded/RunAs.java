package org.librarypeers.app.embedded;

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
 * With whose rights PostgreSQL's programs run: ours, unless we are root on Linux, as which they refuse to.
 *
 * @param prefix what goes before a command
 * @param owner who must own the data, or null when they are ours anyway
 */
record RunAs(List<String> prefix, @Nullable SystemAccount owner) {

    private static final Logger log = LoggerFactory.getLogger(RunAs.class);

    private static final RunAs OURSELVES = new RunAs(List.of(), null);

    RunAs {
        prefix = List.copyOf(prefix);
    }

    /** Tries the droppers in their order, and hands the data over to the user of the first that works. */
    static RunAs choose(Layout layout, List<RightsDropper> droppers) {
        if (!SystemAccount.isRoot()) {
            return asOurselves(droppers);
        }
        try {
            RunAs chosen = chooseAsRoot(layout, droppers);
            chosen.takeOver(layout.data());
            log.debug("As root: PostgreSQL's programs run through {}", chosen.prefix);
            return chosen;
        } catch (IOException e) {
            throw Layout.notWritable(layout.data(), e);
        }
    }

    /** A number without a name, as containers like to run under, is not enough for initdb; a namespace gives one. */
    private static RunAs asOurselves(List<RightsDropper> droppers) {
        RunAs renamed = new RunAs(RightsDropper.UNSHARE.as(SystemAccount.ROOT).prefix, null);
        boolean wanted = droppers.contains(RightsDropper.UNSHARE) && SystemAccount.isNameless();
        return wanted && renamed.succeeds("true") ? renamed : OURSELVES;
    }

    private static RunAs chooseAsRoot(Layout layout, List<RightsDropper> droppers) throws IOException {
        SystemAccount unprivileged = SystemAccount.unprivileged();
        SystemAccount owner = Files.exists(layout.data()) ? SystemAccount.ownerOf(layout.data()) : SystemAccount.ROOT;
        // Data that an ordinary user made stay that user's: root's visit must not lock them out.
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
                    + "; set LIBRARY_HOME to a directory below ones that all may pass, or run as an ordinary user");
        }
        return new EmbeddedPostgresException(
                "PostgreSQL refuses to run as root, and none of unshare, setpriv and runuser"
                        + " works here; run as an ordinary user, or set LIBRARY_DB_URL");
    }

    List<String> command(Object... words) {
        List<String> command = new ArrayList<>(prefix);
        for (Object word : words) {
            command.add(word.toString());
        }
        return command;
    }

    /** Makes the tree the user's that the programs run as. Does nothing if it is already, or is missing. */
    void takeOver(Path tree) throws IOException {
        if (owner != null && Files.exists(tree) && SystemAccount.ownerOf(tree).uid() != owner.uid()) {
            Trees.giveTo(owner, tree);
        }
    }

    /** Lets the other user pass through our directory, without being able to list it. */
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
