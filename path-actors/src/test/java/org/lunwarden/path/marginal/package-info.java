/** Tests of what makes a path marginal. */
@NullMarked
package org.lunwarden.path.marginal;

import org.jspecify.annotations.NullMarked;
