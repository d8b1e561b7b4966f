package org.lunwarden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SiteCommandTest {

    @RegisterExtension
    private final Terminal terminal = new Terminal();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void theExampleHasNoProblems() {
        assertThat(run("check", "../deploy/site/site.yaml")).isZero();
        assertThat(terminal.out() + terminal.err()).isEmpty();
    }

    @Test
    void problemsAreToldByFileLineAndColumn() throws IOException {
        var file = Files.writeString(folder.resolve("site.yaml"), "sites:\n  berlin: [toaster:1]\n");

        assertThat(run("check", file.toString())).isEqualTo(1);
        assertThat(terminal.err()).isEqualTo(file + ":2:12: 'toaster' is no class of what hosts see\n");
    }

    @Test
    void whatNoHostOfTheViewSeesIsTold() throws IOException {
        var file =
                Files.writeString(folder.resolve("site.yaml"), "sites:\n  berlin: [host:h1, switch:a/1, switch:a/2]\n");
        var view = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        view.createContext("/", exchange -> {
            var body = exchange.getRequestURI().getPath().endsWith("hosts")
                    ? "{\"total\": 1, \"items\": [{\"host\": \"h1\"}]}"
                    : "{\"total\": 1, \"items\": [{\"class\": \"switch\", \"id\": \"a/1\"}]}";
            exchange.sendResponseHeaders(200, body.length());
            exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        view.start();
        try {
            assertThat(run(
                            "check",
                            file.toString(),
                            "--seen",
                            "--view",
                            "http://127.0.0.1:" + view.getAddress().getPort()))
                    .isEqualTo(1);
        } finally {
            view.stop(0);
        }
        assertThat(terminal.out()).isEqualTo("switch:a/2: no host sees it; it is named in site:berlin\n");
    }

    private static int run(String... arguments) {
        var line = new String[arguments.length + 1];
        line[0] = "site";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        return LunwardenCommand.run(new RecordingLaunch(), line);
    }
}
