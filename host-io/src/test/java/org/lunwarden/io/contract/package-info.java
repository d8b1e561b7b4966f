/**
 * What every adapter of a port owes its users, as tests: the linux adapter runs them in a guest kernel, the simulated one
 * in every build. Read {@link org.lunwarden.io.contract.HostFixture} first.
 */
@NullMarked
package org.lunwarden.io.contract;

import org.jspecify.annotations.NullMarked;
