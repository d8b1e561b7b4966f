/** What a host tells the fleet. Pure. Read {@link org.lunwarden.node.report.ReportLedger} first. */
@NullMarked
package org.lunwarden.node.report;

import org.jspecify.annotations.NullMarked;
