/** What a Fibre Channel fabric tells of its links. Read {@link org.lunwarden.model.fc.FabricEvent} first. */
@NullMarked
package org.lunwarden.model.fc;

import org.jspecify.annotations.NullMarked;
