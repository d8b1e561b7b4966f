/** Tests of the Linux adapter: parsers on recorded trees, and the ports' contracts on a kernel of their own. */
@NullMarked
package org.lunwarden.io.linux;

import org.jspecify.annotations.NullMarked;
