/** Tests of what a fabric tells. */
@NullMarked
package org.lunwarden.model.fc;

import org.jspecify.annotations.NullMarked;
