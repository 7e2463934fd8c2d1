package org.librarypeers.app.server;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/**
 * A filter that writes {@code Content-Type} headers exactly as existing sites do, with a space before {@code charset}. The server
 * omits this space.
 */
final class HeaderForms {

    private static final String JETTY_HTML = "text/html;charset=utf-8";
    private static final HttpField ORB_CONTENT_TYPE =
            new HttpField(HttpHeader.CONTENT_TYPE, "text/html; charset=utf-8");

    private HeaderForms() {}

    /** Installs the filter in front of all handlers of the server. */
    static void install(Server server) {
        server.insertHandler(new Handler.Wrapper() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                request.addHttpStreamWrapper(Stream::new);
                return super.handle(request, response, callback);
            }
        });
    }

    /** A stream that rewrites the header just before it is sent, after the server has normalized it. */
    private static final class Stream extends HttpStream.Wrapper {

        Stream(HttpStream wrapped) {
            super(wrapped);
        }

        @Override
        public void send(
                MetaData.Request request,
                MetaData.Response response,
                boolean last,
                ByteBuffer content,
                Callback callback) {
            super.send(request, response == null ? null : rewritten(response), last, content, callback);
        }

        private static MetaData.Response rewritten(MetaData.Response response) {
            HttpFields fields = response.getHttpFields();
            if (!JETTY_HTML.equalsIgnoreCase(fields.get(HttpHeader.CONTENT_TYPE))) {
                return response;
            }
            return new MetaData.Response(
                    response.getStatus(),
                    response.getReason(),
                    response.getHttpVersion(),
                    HttpFields.build(fields).put(ORB_CONTENT_TYPE).asImmutable(),
                    response.getContentLength(),
                    response.getTrailersSupplier());
        }
    }
}
