/** {@code lunwarden diagnose}: observations as JSON lines in, a verdict out. Read {@link DiagnoseCommand} first. */
@NullMarked
package org.lunwarden.cli.diagnose;

import org.jspecify.annotations.NullMarked;
