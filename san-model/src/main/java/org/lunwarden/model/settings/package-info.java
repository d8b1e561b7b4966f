/** Effective settings of one path and one map. Read {@link org.lunwarden.model.settings.MapSettings} first. */
@NullMarked
package org.lunwarden.model.settings;

import org.jspecify.annotations.NullMarked;
