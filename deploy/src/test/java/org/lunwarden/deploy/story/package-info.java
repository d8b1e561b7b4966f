/** Stories told twice, on real kernels and on the simulated SAN. Read {@link org.lunwarden.deploy.story.Story} first. */
@NullMarked
package org.lunwarden.deploy.story;

import org.jspecify.annotations.NullMarked;
