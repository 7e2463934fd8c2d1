package org.librarypeers.http;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** What a {@link ScriptedOrbSite} answers instead of what it should. */
public interface SiteFault {

    /** The answer that is sent, maybe made of the right one. */
    SiteAnswer instead(Supplier<SiteAnswer> right);

    /** An empty answer with that status. */
    static SiteFault status(int status) {
        return right -> SiteAnswer.empty(status);
    }

    /** A web page with that status. */
    static SiteFault page(int status) {
        String page = "<!DOCTYPE html><html><body><h1>Sorry</h1></body></html>";
        return right -> SiteAnswer.of(status, "text/html; charset=utf-8", page);
    }

    /** JSON that is not what was asked for. */
    static SiteFault json(String body) {
        return right -> SiteAnswer.of(200, "application/json", body);
    }

    /** The first half of the right answer, and then the end of the connection. */
    static SiteFault cutOff() {
        return right -> {
            SiteAnswer whole = right.get();
            return new SiteAnswer(whole.status(), whole.type(), whole.body(), whole.headers(), true);
        };
    }

    /** The right answer, changed. */
    static SiteFault changed(UnaryOperator<ObjectNode> change) {
        return right -> SiteAnswer.json(change.apply(right.get().json()));
    }
}
