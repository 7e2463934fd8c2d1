package org.librarypeers.http;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** A fault in an answer of a {@link ScriptedOrbSite}. */
public interface SiteFault {

    /** Returns the answer to send. It may be derived from the right answer. */
    SiteAnswer instead(Supplier<SiteAnswer> right);

    /** Returns a fault that sends an empty answer with this status. */
    static SiteFault status(int status) {
        return right -> SiteAnswer.empty(status);
    }

    /** Returns a fault that sends a web page with this status. */
    static SiteFault page(int status) {
        String page = "<!DOCTYPE html><html><body><h1>Sorry</h1></body></html>";
        return right -> SiteAnswer.of(status, "text/html; charset=utf-8", page);
    }

    /** Returns a fault that sends other JSON than was requested. */
    static SiteFault json(String body) {
        return right -> SiteAnswer.of(200, "application/json", body);
    }

    /** Returns a fault that sends the first half of the right answer and then closes the connection. */
    static SiteFault cutOff() {
        return right -> {
            SiteAnswer whole = right.get();
            return new SiteAnswer(whole.status(), whole.type(), whole.body(), whole.headers(), true);
        };
    }

    /** Returns a fault that changes the right answer. */
    static SiteFault changed(UnaryOperator<ObjectNode> change) {
        return right -> SiteAnswer.json(change.apply(right.get().json()));
    }
}
