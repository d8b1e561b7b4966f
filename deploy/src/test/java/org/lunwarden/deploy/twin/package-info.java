/**
 * Whole daemons over the simulated SAN, whose stories are those of real kernels. Read {@link
 * org.lunwarden.deploy.twin.TwinStoryTest} first.
 */
@NullMarked
package org.lunwarden.deploy.twin;

import org.jspecify.annotations.NullMarked;
