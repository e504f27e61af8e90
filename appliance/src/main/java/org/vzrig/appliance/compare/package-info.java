/** {@code vzrig compare}: records two boards, compares them and writes reports. */
package org.vzrig.appliance.compare;
