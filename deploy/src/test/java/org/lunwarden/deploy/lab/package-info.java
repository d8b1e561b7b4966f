/** Real kernels for tests: guests, and a small SAN of them, as JUnit resources. Read {@link Lab} first. */
@NullMarked
package org.lunwarden.deploy.lab;

import org.jspecify.annotations.NullMarked;
