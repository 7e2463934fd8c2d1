package org.librarypeers.app.embedded;

import java.util.List;

/** The ways, on Linux, to start a program without root's rights. The best comes first. */
enum RightsDropper {

    /** A user namespace, in which the process has no rights though its files are root's. Many containers refuse it. */
    UNSHARE {
        @Override
        RunAs as(SystemAccount account) {
            return new RunAs(List.of("unshare", "-U"), SystemAccount.ROOT);
        }
    },

    /** Another user, by number. */
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

    /** The account is for those ways that need one. */
    abstract RunAs as(SystemAccount account);
}
