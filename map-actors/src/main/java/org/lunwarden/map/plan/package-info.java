/** What is wanted against what the kernel has: one action. Read {@link org.lunwarden.map.plan.MapPlan} first. */
@NullMarked
package org.lunwarden.map.plan;

import org.jspecify.annotations.NullMarked;
