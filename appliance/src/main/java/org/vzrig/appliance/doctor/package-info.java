/** {@code vzrig doctor}: what of this computer keeps a rig from working, and what helps. */
package org.vzrig.appliance.doctor;
