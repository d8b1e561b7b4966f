/** Tests of what NVMe controllers answer. Read {@link org.lunwarden.model.nvme.AnaLogTest} first. */
@NullMarked
package org.lunwarden.model.nvme;

import org.jspecify.annotations.NullMarked;
