/** The HTTP API, event stream and page of a view. Read {@link org.lunwarden.http.HttpApi} first. */
@NullMarked
package org.lunwarden.http;

import org.jspecify.annotations.NullMarked;
