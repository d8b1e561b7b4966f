package org.lunwarden.deploy.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.lunwarden.deploy.demo.DemoProcess;

/** The demonstration's page, clicked through in a real browser. */
class PageInBrowserIT {

    private static final Duration PATIENCE = Duration.ofSeconds(75);
    private static final String SWITCH = "[data-component=\"switch 100000051e000002/12\"]";
    private static final String BUTTON = "[data-part=\"switch:100000051e000002/12\"]";

    private static Optional<DemoProcess> demo = Optional.empty();
    private static Optional<Browser> browser = Optional.empty();
    private static String address = "";

    @BeforeAll
    static void open() throws Exception {
        var chromium = Chromium.provide("PageInBrowserIT");
        var started = DemoProcess.start("--port", "0");
        demo = Optional.of(started);
        browser = Optional.of(Browser.start(chromium));
        var open = started.line(line -> line.startsWith("Open "), Duration.ofMinutes(2));
        address = open.replaceFirst("Open +(\\S+) .*", "$1");
        started.line(line -> line.contains("all well"), Duration.ofMinutes(2));
    }

    @AfterAll
    static void close() throws Exception {
        if (browser.isPresent()) {
            browser.get().close();
        }
        if (demo.isPresent()) {
            demo.get().close();
        }
    }

    @Test
    void aSwitchIsFailedNamedRestoredAndFailedBackFromByClicks() throws Exception {
        try (var page = browser.orElseThrow().page(1500, 1000)) {
            page.open(address);
            seen(page, "twelve hosts and eight switches", "document.querySelectorAll('.node').length >= 12 + 8");
            seen(page, "the switch up", "document.querySelector('%s.up')".formatted(SWITCH));
            keepElement(page);

            page.click(SWITCH);
            seen(page, "a button to fail it", "document.querySelector('%s')".formatted(BUTTON));
            page.click(BUTTON);
            seen(page, "the switch down", "document.querySelector('%s.down')".formatted(SWITCH));
            seen(
                    page,
                    "the incident confirmed and named",
                    "document.querySelector('article.confirmed h3')?.textContent === 'switch 12 of fabric B is down'");
            seen(
                    page,
                    "its evidence",
                    "document.querySelector('article [data-suspect=\"switch 100000051e000002/12\"]')");

            page.click(BUTTON);
            seen(page, "the switch up again", "document.querySelector('%s.up')".formatted(SWITCH));
            seen(
                    page,
                    "the incident over",
                    "document.querySelector('article.resolved') && !document.querySelector('article.confirmed')");
            seen(page, "maps to fail back", "!document.querySelector('#plan').disabled");

            page.click("#plan");
            seen(page, "the plan", "document.querySelectorAll('#planned li').length > 0");
            seen(page, "that it may start", "!document.querySelector('#start').disabled");
            page.click("#start");
            seen(page, "the failback done", "document.querySelector('[data-failback=DONE]')");
            seen(page, "no map left", "document.querySelector('#offbest').textContent.startsWith('All maps')");

            assertThat(page.evaluate("window.kept.isConnected").asBoolean())
                    .as("the picture was changed in place, not drawn anew")
                    .isTrue();
            assertThat(page.complaints()).isEmpty();
        }
    }

    @Test
    void aPartIsChosenByKeyboardAndNamedToAScreenReader() throws Exception {
        try (var page = browser.orElseThrow().page(1500, 1000)) {
            page.open(address);
            seen(page, "the picture", "document.querySelector('[data-component=\"array 50060e8000010000\"]')");

            page.evaluate("document.querySelector('[data-component=\"array 50060e8000010000\"]').focus()");
            page.press("Enter");

            seen(page, "the array chosen", "document.querySelector('#chosen h2').textContent === 'array tiger'");
            seen(page, "its details", "document.querySelectorAll('#chosen tbody tr').length === 12");
            assertThat(page.evaluate("document.activeElement.getAttribute('aria-label')")
                            .asText())
                    .startsWith("array tiger: ");
            assertThat(page.complaints()).isEmpty();
        }
    }

    /** The demonstration has one view, which differs from none: another one's difference is put into what it answers. */
    @Test
    void thatAnotherViewFollowsAnotherSiteFileIsSeen() throws Exception {
        try (var page = browser.orElseThrow().page(1500, 1000)) {
            page.open(address);
            seen(page, "the picture", "document.querySelector('[data-component=\"array 50060e8000010000\"]')");

            page.evaluate("""
                    (() => {
                      const really = window.fetch;
                      window.fetch = async (path, options) => {
                        const answer = await really(path, options);
                        if (path !== "/api/v1/fleet") return answer;
                        const view = await answer.json();
                        return Response.json({ ...view, warnings: ["view v2 follows another site file than this one"] });
                      };
                      return true;
                    })()""");

            seen(
                    page,
                    "the warning",
                    "document.querySelector('#summary').textContent.endsWith('view v2 follows another site file than this one')");
            assertThat(page.evaluate("document.querySelector('#summary').className")
                            .asText())
                    .isNotEqualTo("good");
            assertThat(page.complaints()).isEmpty();
        }
    }

    private static void keepElement(Page page) {
        page.evaluate("window.kept = document.querySelector('%s'), true".formatted(SWITCH));
    }

    private static void seen(Page page, String what, String expression) throws IOException {
        try {
            page.awaitTrue(what, expression, PATIENCE);
        } catch (AssertionError missing) {
            page.picture(Files.createDirectories(Path.of("target/browser")).resolve("missing.png"));
            throw missing;
        }
    }
}
