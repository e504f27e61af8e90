/** {@code vzrig run}: a machine, its console, its expectations and its recordings. */
package org.vzrig.appliance.run;
