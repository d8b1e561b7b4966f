package org.lunwarden.deploy.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** One page of a browser: what a person at it would do and see. */
public final class Page implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final DevTools devTools;

    Page(DevTools devTools, int width, int height) {
        this.devTools = devTools;
        devTools.call("Page.enable", Map.of());
        devTools.call("Runtime.enable", Map.of());
        devTools.call("Log.enable", Map.of());
        devTools.call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    public void open(String address) {
        devTools.call("Page.navigate", Map.of("url", address));
    }

    /** The page as it looks to those who prefer {@code light} or {@code dark}. */
    public void prefer(String scheme) {
        devTools.call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** The value of an expression; a promise is awaited. */
    public JsonNode evaluate(String expression) {
        var answer = devTools.call(
                "Runtime.evaluate", Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + answer.get("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    /** Waits until the expression is true. @throws AssertionError when it is not within that time */
    public void awaitTrue(String what, String expression, Duration patience) {
        var held = evaluate("""
                new Promise((resolve) => {
                  const end = performance.now() + %d;
                  const look = () => {
                    if (%s) resolve(true);
                    else if (performance.now() > end) resolve(false);
                    else setTimeout(look, 50);
                  };
                  look();
                })""".formatted(patience.toMillis(), expression));
        if (!held.asBoolean()) {
            throw new AssertionError("waited " + patience.toSeconds() + " s in vain for " + what + "; the page says:\n"
                    + evaluate("document.body?.innerText ?? ''").asText());
        }
    }

    /** Presses the mouse on the middle of an element. @throws AssertionError when something else lies above it */
    public void click(String selector) {
        var at = evaluate("""
                (() => {
                  const element = document.querySelector(%s);
                  if (!element) return { problem: "is not there" };
                  element.scrollIntoView({ block: "center" });
                  const box = element.getBoundingClientRect();
                  const point = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
                  const top = document.elementFromPoint(point.x, point.y);
                  return element.contains(top) ? point : { problem: `is covered by ${top?.outerHTML.slice(0, 200)}` };
                })()""".formatted(quoted(selector)));
        if (at.has("problem")) {
            throw new AssertionError(selector + " " + at.get("problem").asText());
        }
        for (var type : List.of("mouseMoved", "mousePressed", "mouseReleased")) {
            devTools.call(
                    "Input.dispatchMouseEvent",
                    Map.of(
                            "type",
                            type,
                            "x",
                            at.get("x").asDouble(),
                            "y",
                            at.get("y").asDouble(),
                            "button",
                            type.equals("mouseMoved") ? "none" : "left",
                            "clickCount",
                            1));
        }
    }

    /** Presses a key, named as in {@code KeyboardEvent.key}, on what has the focus. */
    public void press(String key) {
        var text = key.equals("Enter") ? "\r" : "";
        for (var type : List.of("keyDown", "keyUp")) {
            devTools.call(
                    "Input.dispatchKeyEvent",
                    Map.of("type", type, "key", key, "code", key, "text", type.equals("keyDown") ? text : ""));
        }
    }

    /** What went wrong in the page: exceptions, refused styles and scripts, files that are missing. */
    public List<String> complaints() {
        return Stream.concat(
                        devTools.events("Runtime.exceptionThrown").stream(),
                        devTools.events("Log.entryAdded").stream()
                                .map(event -> event.path("entry"))
                                .filter(entry -> entry.path("level").asText().equals("error")))
                .map(JsonNode::toString)
                .toList();
    }

    /** The whole page as a PNG. */
    public void picture(Path file) throws IOException {
        var shot = devTools.call("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
        Files.write(file, Base64.getDecoder().decode(shot.path("data").asText()));
    }

    @Override
    public void close() {
        devTools.close();
    }

    private static String quoted(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
