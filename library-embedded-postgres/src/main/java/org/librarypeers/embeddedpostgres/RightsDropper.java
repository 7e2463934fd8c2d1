package org.librarypeers.embeddedpostgres;

import java.util.List;

/** The ways to start a program without root's rights on Linux, the best first. */
enum RightsDropper {

    /**
     * A user namespace, in which the process has no rights although its files belong to root. Many containers forbid
     * it.
     */
    UNSHARE {
        @Override
        RunAs as(SystemAccount account) {
            return new RunAs(List.of("unshare", "-U"), SystemAccount.ROOT);
        }
    },

    /** Another user, by id. */
    SETPRIV {
        @Override
        RunAs as(SystemAccount account) {
            return new RunAs(
                    List.of("setpriv", "--reuid=" + account.uid(), "--regid=" + account.gid(), "--clear-groups"),
                    account);
        }
    },

    /** Another user, by name. */
    RUNUSER {
        @Override
        RunAs as(SystemAccount account) {
            return new RunAs(List.of("runuser", "-u", account.name(), "--"), account);
        }
    };

    /** Returns how to run commands in this way. {@link #UNSHARE} ignores the account. */
    abstract RunAs as(SystemAccount account);
}
