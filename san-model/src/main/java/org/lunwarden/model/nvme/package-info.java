/** What NVMe controllers answer, read from bytes. Read {@link org.lunwarden.model.nvme.AnaLog} first. */
@NullMarked
package org.lunwarden.model.nvme;

import org.jspecify.annotations.NullMarked;
