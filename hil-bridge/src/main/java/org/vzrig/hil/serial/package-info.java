/** Serial lines of the host, and their twins in memory. */
package org.vzrig.hil.serial;
