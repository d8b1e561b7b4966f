/** A fleet on one machine over a simulated SAN. Read {@link org.lunwarden.deploy.demo.Demo} first. */
@NullMarked
package org.lunwarden.deploy.demo;

import org.jspecify.annotations.NullMarked;
