/** A headless Chromium that a test looks and clicks through. Read {@link org.lunwarden.deploy.browser.Browser} first. */
@NullMarked
package org.lunwarden.deploy.browser;

import org.jspecify.annotations.NullMarked;
