package org.lunwarden.deploy.browser;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.ObjectMapper;

/** A headless Chromium with a profile of its own, gone with it. */
public final class Browser implements AutoCloseable {

    private static final List<String> OPTIONS = List.of(
            "--headless",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--mute-audio",
            "--hide-scrollbars",
            "--remote-debugging-port=0");
    private static final String LISTENING = "DevTools listening on ";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path profile;
    private final Process process;
    private final URI devTools;

    private Browser(Path profile, Process process, URI devTools) {
        this.profile = profile;
        this.process = process;
        this.devTools = devTools;
    }

    /** @throws IOException when it does not start; its last words are in the message */
    public static Browser start(Path chromium) throws IOException {
        var profile = Files.createTempDirectory("lunwarden-browser");
        var command = new ArrayList<String>();
        command.add(chromium.toString());
        command.addAll(OPTIONS);
        if (System.getProperty("user.name").equals("root")) {
            command.add("--no-sandbox");
        }
        command.add("--user-data-dir=" + profile);
        command.add("about:blank");
        var process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        var said = new StringBuilder();
        var errors = process.errorReader();
        for (var line = errors.readLine(); line != null; line = errors.readLine()) {
            if (line.startsWith(LISTENING)) {
                Thread.ofVirtual().start(() -> errors.lines().forEach(more -> {}));
                return new Browser(profile, process, URI.create(line.substring(LISTENING.length())));
            }
            said.append(line).append('\n');
        }
        throw new IOException(chromium + " did not start:\n" + said);
    }

    /** An empty page, {@code width} by {@code height} pixels. */
    public Page page(int width, int height) throws IOException, InterruptedException {
        var answer = client.send(
                HttpRequest.newBuilder(URI.create("http://" + devTools.getAuthority() + "/json/new?about:blank"))
                        .PUT(HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        var address = new ObjectMapper()
                .readTree(answer.body())
                .path("webSocketDebuggerUrl")
                .asText();
        return new Page(new DevTools(client, URI.create(address)), width, height);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        client.shutdownNow();
        var children = process.descendants().toList();
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        for (var child : children) {
            child.destroyForcibly();
            child.onExit().join();
        }
        try (var files = Files.walk(profile)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
